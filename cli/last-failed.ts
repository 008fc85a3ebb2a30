import type { ClaimResult } from "../reports/criteria.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";

/**
 * Claims of a run that did not pass: failed, unknown, broken, unfinished or never begun.
 *
 * @throws CommandError where all passed: to measure nothing must not look like success
 */
export function notPassed(runId: string, claims: readonly ClaimResult[]): readonly string[] {
  const open = claims.filter(({ state }) => state !== "passed").map(({ claim }) => claim);
  if (open.length > 0) return open;
  const why = claims.length === 0 ? "measured no claim" : `passed all ${claims.length} claims`;
  throw new CommandError(
    `--last-failed: run ${runId} ${why}, so there is nothing to measure again; name a suite`,
    exitCodes.usage,
  );
}
