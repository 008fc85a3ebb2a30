/** Numbers as people read them: grouped digits, a unit, and no digit that nobody needs. */

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

export function formatCount(count: number): string {
  return grouped.format(count);
}

export function formatShare(share: number, digits = 2): string {
  return `${(share * 100).toFixed(digits)} %`;
}

export function formatDuration(durationMs: number): string {
  if (durationMs < 10) return `${Number(durationMs.toFixed(1))} ms`;
  if (durationMs < 1_000) return `${Math.round(durationMs)} ms`;
  const seconds = durationMs / 1_000;
  if (seconds < 59.95) return `${Number(seconds.toFixed(seconds < 10 ? 2 : 1))} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}

/** `1 request`, `2 requests`, `3,300 requests`. */
export function formatNumberOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** Keeps a number and its unit on one line; for pages, not for terminals. */
export function keepUnits(text: string): string {
  return text.replaceAll(/(\d) (?=(?:%|ms|s|min|B|kB|MB|GB|per second)(?![\w]))/g, "$1\u00A0");
}

/** The first of several, and how many there are beside it: `a door is open, and 2 more`. */
export function firstAndMore(all: readonly string[]): string {
  const [first = "nothing", ...others] = all;
  return others.length === 0 ? first : `${first}, and ${formatCount(others.length)} more`;
}

/** A value in the unit of its measurement. */
export function formatValue(value: number, unit: string): string {
  if (unit === "ms") return formatDuration(value);
  if (unit === "share") return formatShare(value);
  if (unit === "bytes") return formatBytes(value);
  const digits = Number.isInteger(value) ? formatCount(value) : value.toFixed(1);
  return unit === "" ? digits : `${digits} ${unit}`;
}
