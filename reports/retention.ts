import { existsSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { mutantScoreFile } from "./mutant-score.ts";
import { runFiles } from "./run-store.ts";

/** A run that began less than this ago may still be at work, whatever its files say. */
const atWorkMsMax = 6 * 3_600_000;

/**
 * Removes the oldest runs below `root` until no more than `keep` are left; returns their ids.
 *
 * Touches nothing but folders that are named by the time of a run and hold a verdict or a score: not the latest
 * one, none that may be at work, and no folder that somebody else put there.
 */
export function removeOldRuns(
  root: string,
  keep: number,
  nowMs: number = Date.now(),
): readonly string[] {
  if (!existsSync(root)) return [];
  const latest = existsSync(join(root, "latest")) ? realpathSync(join(root, "latest")) : null;
  const runs = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => isRun(join(root, name)))
    .toSorted();
  const old = runs.slice(0, Math.max(0, runs.length - keep)).filter((name) => {
    const startedMs = startedMsOf(name);
    const isLatest = realpathSync(join(root, name)) === latest;
    return startedMs !== null && nowMs - startedMs > atWorkMsMax && !isLatest;
  });
  for (const name of old) rmSync(join(root, name), { recursive: true, force: true });
  return old;
}

/** A run, or a campaign of mutants with a run of each. */
function isRun(directory: string): boolean {
  return [runFiles.verdict, mutantScoreFile].some((name) => existsSync(join(directory, name)));
}

/** The time in a run's id, such as `20260131-235959-a1b2`; `null` where it is none. */
function startedMsOf(name: string): number | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-[0-9a-f]{4}$/.exec(name) ?? [];
  if (year === undefined) return null;
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isFinite(atMs) ? atMs : null;
}
