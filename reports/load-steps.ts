import type { History, LoadStep, Operation } from "./records.ts";
import { quantile } from "./statistics.ts";

/** What one rate of a stepped load came to. */
export interface StepFigures {
  readonly ratePerSecond: number;
  readonly sampleSize: number;
  /** Failed, indeterminate or never sent. */
  readonly notOk: number;
  /** Latency of good answers from the intended moment; `null` where there were none. */
  readonly medianMs: number | null;
  readonly p99Ms: number | null;
  /** Good answers per second of the step, whenever they came. */
  readonly goodPerSecond: number;
  /** How late requests on open connections left, at the 99th percentile: the generator's own part. */
  readonly sendLagP99Ms: number;
  /** Whether the load went on to the end of the step. */
  readonly whole: boolean;
}

/** The figures of each step of a load, by the moment at which each request was due. */
export function stepFigures(history: History): readonly StepFigures[] {
  const lastMs = history.operations.reduce(
    (latest, { intendedAtMs }) => Math.max(latest, intendedAtMs),
    0,
  );
  return history.steps.map((step) => {
    const due = history.operations.filter(
      ({ intendedAtMs }) => intendedAtMs >= step.fromMs && intendedAtMs < step.toMs,
    );
    return figuresOf(step, due, lastMs);
  });
}

function figuresOf(step: LoadStep, due: readonly Operation[], lastMs: number): StepFigures {
  const good = due.filter(({ outcome }) => outcome === "ok");
  const latenciesMs = good.map(({ intendedAtMs, endedAtMs }) => endedAtMs - intendedAtMs);
  const lagsMs = due
    .filter(({ reusedSocket }) => reusedSocket)
    .map(({ sentAtMs, intendedAtMs }) => (sentAtMs ?? intendedAtMs) - intendedAtMs);
  const everyMs = 1_000 / Math.max(step.ratePerSecond, 1);
  return {
    ratePerSecond: step.ratePerSecond,
    sampleSize: due.length,
    notOk: due.length - good.length,
    medianMs: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    goodPerSecond: (good.length * 1_000) / (step.toMs - step.fromMs),
    sendLagP99Ms: quantile(lagsMs, 0.99) ?? 0,
    whole: lastMs >= step.toMs - everyMs * 2,
  };
}
