/** Numbers as people read them: grouped digits, a unit, and no digit that the sample cannot carry. */

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

export function formatCount(count: number): string {
  return grouped.format(count);
}

export function formatShare(share: number, digits = 2): string {
  return `${(share * 100).toFixed(digits)} %`;
}

export function formatDuration(durationMs: number): string {
  if (durationMs < 10) return `${durationMs.toFixed(1)} ms`;
  if (durationMs < 10_000) return `${grouped.format(durationMs)} ms`;
  const seconds = Math.round(durationMs / 1_000);
  if (seconds < 60) return `${(durationMs / 1_000).toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
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

/** A value in the unit of its measurement. */
export function formatValue(value: number, unit: string): string {
  if (unit === "ms") return formatDuration(value);
  if (unit === "share") return formatShare(value);
  if (unit === "bytes") return formatBytes(value);
  const digits = Number.isInteger(value) ? formatCount(value) : value.toFixed(1);
  return unit === "" ? digits : `${digits} ${unit}`;
}
