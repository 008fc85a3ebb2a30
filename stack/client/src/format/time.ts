const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

const units = [
  { unit: "day", lengthSeconds: 86_400, untilSeconds: 30 * 86_400 },
  { unit: "hour", lengthSeconds: 3_600, untilSeconds: 86_400 },
  { unit: "minute", lengthSeconds: 60, untilSeconds: 3_600 },
] as const;

/**
 * Says how long ago something was, for example "3 minutes ago"; from 30 days on it is the date.
 *
 * A time in the future, as slightly different clocks give it, counts as now.
 */
export function formatAge(time: string, nowMs: number): string {
  const ageSeconds = (nowMs - Date.parse(time)) / 1_000;
  if (ageSeconds < 45) return "just now";
  const found = units.findLast(({ untilSeconds }) => ageSeconds < untilSeconds);
  if (found === undefined) return formatDate(time);
  return relative.format(-Math.max(1, Math.floor(ageSeconds / found.lengthSeconds)), found.unit);
}

/** @param timeZone IANA name; the zone of the machine if omitted */
export function formatDate(time: string, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone }).format(new Date(time));
}

/** Date and time to the second with the zone, for a person who compares with a log. */
export function formatExactTime(time: string, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
    timeZone,
  }).format(new Date(time));
}

export function formatClockTime(timeMs: number, timeZone?: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone }).format(timeMs);
}
