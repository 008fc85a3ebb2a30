import { formatDuration, formatNumberOf } from "./format.ts";
import type { Watcher } from "./records.ts";

/** Fewer looks than this are no watch. */
const looksMin = 3;

/** The last of what was noted down up to a moment; what is not noted again has not changed. */
export function lastAt<Moment extends { readonly atMs: number }>(
  moments: readonly Moment[],
  atMs: number,
): Moment | undefined {
  return moments.findLast((moment) => moment.atMs <= atMs);
}

/** Why the watcher may have missed something, or `null`. */
export function doubtAboutWatcher(
  { looks, blindMs, problems }: Watcher,
  blindMsMax: number,
): string | null {
  const [problem] = problems;
  const why = problem === undefined ? "" : `: ${problem}`;
  if (looks < looksMin) return `${formatNumberOf(looks, "look")} at the monitoring on record${why}`;
  if (blindMs <= blindMsMax) return null;
  return (
    `the monitoring was not looked at for ${formatDuration(blindMs)}, ` +
    `allowed are ${formatDuration(blindMsMax)}${why}`
  );
}
