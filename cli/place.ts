import { formatDuration } from "../reports/format.ts";

/**
 * The claim that is measured now, how many there are, and how long it may still take by what each
 * took last, in words. A claim that was never measured makes the whole unknown.
 */
export function placeOf(
  claims: readonly string[],
  index: number,
  lastDurations: ReadonlyMap<string, number>,
): string {
  const here = `claim ${claims[index] ?? "none"} (${index + 1} of ${claims.length})`;
  const leftMs = claims.slice(index).map((claim) => lastDurations.get(claim));
  if (leftMs.length === 0 || leftMs.some((durationMs) => durationMs === undefined)) return here;
  const totalMs = leftMs.reduce<number>((sum, durationMs) => sum + (durationMs ?? 0), 0);
  return `${here}, about ${formatDuration(totalMs)} left`;
}
