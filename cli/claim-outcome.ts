/** How a claim ended, told by the errors that its runner saw and never by a count of passes. */

import type { ClaimState } from "../reports/records.ts";

export interface ClaimOutcome {
  readonly state: ClaimState;
  readonly error: string | null;
}

export interface SeenError {
  readonly name?: string | undefined;
  readonly message: string;
  readonly stack?: string | undefined;
}

const stateByError: Readonly<Record<string, ClaimState>> = {
  ObjectiveMissedError: "failed",
  InconclusiveError: "unknown",
};

/** Only the two errors of a judgement speak of the product; every other one speaks of the harness. */
export function stateOf(errors: readonly SeenError[]): ClaimState {
  const states = errors.map(({ name = "" }) => stateByError[name] ?? "broken");
  for (const state of ["failed", "broken", "unknown"] as const) {
    if (states.includes(state)) return state;
  }
  return "passed";
}

function describe({ name, message, stack }: SeenError): string {
  const isJudgement = name !== undefined && name in stateByError;
  return isJudgement ? message : `${name ?? "Error"}: ${message}\n${stack ?? ""}`.trim();
}

/** A claim passes when no error was seen and each of its tests, at least one, ran to its end. */
export function outcomeOf(
  errors: readonly SeenError[],
  passed: number,
  testCount: number,
): ClaimOutcome {
  if (errors.length > 0) {
    return { state: stateOf(errors), error: errors.map(describe).join("\n") };
  }
  if (passed > 0 && passed === testCount) return { state: "passed", error: null };
  return { state: "unknown", error: `${passed} of ${testCount} tests ran to their end` };
}
