import type { FaultWindow, Operation } from "./records.ts";

/** Where an operation stands in time against the faults of its history. */
export type Phase = "before" | "during" | "after";

/** When the last operation ended; 0 where there is none. */
export function lastEndMs(operations: readonly Operation[]): number {
  return operations.reduce((latest, { endedAtMs }) => Math.max(latest, endedAtMs), 0);
}

/**
 * Attributes an operation by the overlap of [sent, ended] with the windows from injection to
 * healing, not by its start: the requests that a kill breaks were sent before it.
 */
export function phaseOf(operation: Operation, faults: readonly FaultWindow[]): Phase {
  const from = operation.sentAtMs ?? operation.intendedAtMs;
  const overlaps = faults.some(
    ({ injectedAtMs, healedAtMs }) =>
      from <= (healedAtMs ?? Number.POSITIVE_INFINITY) && operation.endedAtMs >= injectedAtMs,
  );
  if (overlaps) return "during";
  const first = Math.min(...faults.map(({ injectedAtMs }) => injectedAtMs));
  return operation.endedAtMs < first ? "before" : "after";
}

/** The same names, those that come again with their ordinal, so that measurements stay apart. */
export function labelsOf(names: readonly string[]): readonly string[] {
  return names.map((name, index) => {
    const earlier = names.slice(0, index).filter((other) => other === name).length;
    return earlier === 0 ? name : `${name} (${earlier + 1})`;
  });
}
