import { allureOutcomes, writeAllureHistory } from "../reports/allure-history.ts";
import { removeOldRuns } from "../reports/retention.ts";
import {
  comparableRuns,
  earlierRunsOf,
  entryOf,
  readHistory,
  remember,
} from "../reports/run-history.ts";
import { appendEvent, decideRun } from "../reports/run-store.ts";
import type { Run } from "../reports/run-store.ts";
import type { RunVerdict } from "../reports/verdict.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";

const keptRunsMax = 200;

/** Writes into the record of a run what is known of the runs before it, before it is reported. */
export function recallEarlierRuns(root: string, run: Run): void {
  const verdict = decideRun(run);
  const history = readHistory(root);
  const earlier = earlierRunsOf(history, verdict);
  if (earlier !== null) appendEvent(run, { type: "earlier-runs", earlier });
  writeAllureHistory(run, comparableRuns(history, verdict));
}

/**
 * Keeps what the runs after it need, and lets go of the oldest runs.
 *
 * @returns ids of the runs that were removed
 */
export function rememberRun(
  root: string,
  run: Run,
  verdict: RunVerdict,
  keep: number,
): readonly string[] {
  const entry = entryOf(verdict, allureOutcomes(run));
  if (entry !== null) remember(root, entry);
  return removeOldRuns(root, keep);
}

/** How many runs stay on disk. @throws CommandError when `RUNS_KEPT` is no such number */
export function keptRuns(environment: Readonly<Record<string, string | undefined>>): number {
  const text = environment["RUNS_KEPT"] ?? "";
  if (text === "") return keptRunsMax;
  const count = Number(text);
  if (/^\d{1,5}$/.test(text) && count > 0) return count;
  throw new CommandError(
    `RUNS_KEPT is "${text}": allowed is a whole number from 1; without it ${keptRunsMax} stay`,
    exitCodes.usage,
  );
}

/** How long each claim took when it was last measured, in milliseconds. */
export function lastDurations(root: string): ReadonlyMap<string, number> {
  return new Map(readHistory(root).flatMap(({ claims }) => Object.entries(claims)));
}
