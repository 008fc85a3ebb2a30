import { doubtAboutGenerator, doubtAboutSteadyState, verdictsOf } from "../assumptions.ts";
import { doubtAboutConservation } from "../conservation.ts";
import { formatCount, formatNumberOf, formatShare } from "../format.ts";
import { atLeast, badCount } from "../measure.ts";
import type { History, Measurement, Operation } from "../records.ts";
import type { ErrorFreeObjective } from "../slo.ts";
import { quantile, shareUpperBound } from "../statistics.ts";
import type { Oracle } from "./oracle.ts";

const name = "error-free";

/**
 * Judges that a load was served whole: no error, nothing dropped, and fast enough to keep up.
 *
 * The record must first add up (conservation law): every scheduled slot stands in it exactly once,
 * and every answered request stands in the gateway's log where that could be read. Where it does
 * not, two observers disagree and neither can be believed: unknown.
 */
export const errorFree: Oracle<History, ErrorFreeObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const { operations } = history;
    const total = operations.length;
    if (total < objective.sampleSizeMin) {
      return verdict.unknown({
        evidence:
          `${formatNumberOf(total, "request")} recorded, ` +
          `${formatCount(objective.sampleSizeMin)} are needed`,
      });
    }
    const doubt =
      doubtAboutGenerator(history.generator) ??
      doubtAboutSteadyState(history, "before") ??
      doubtAboutConservation(history) ??
      doubtAboutRate(history, objective);
    if (doubt !== null) return verdict.unknown({ evidence: doubt });

    const wrong = operations.filter(({ outcome }) => outcome !== "ok");
    const servedRate = servedRatePerSecond(operations);
    const finding = {
      evidence: evidenceOf(operations, servedRate, objective),
      measurements: measurementsOf(history, servedRate, objective),
      witnesses: wrong.map(({ requestId }) => requestId),
    };
    if (wrong.length > 0 || servedRate < objective.ratePerSecondMin) return verdict.failed(finding);
    return verdict.passed(finding);
  },
};

/** Open loop: the stack cannot slow the sending down, so a low rate is the generator's. */
function doubtAboutRate({ generator }: History, objective: ErrorFreeObjective): string | null {
  if (generator.achievedRatePerSecond >= objective.ratePerSecondMin) return null;
  return (
    `${generator.achievedRatePerSecond.toFixed(1)} requests per second were sent, ` +
    `the promise is about ${objective.ratePerSecondMin}`
  );
}

/** Good answers per second from the first slot to the last answer: a growing queue lowers it. */
function servedRatePerSecond(operations: readonly Operation[]): number {
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  let served = 0;
  for (const operation of operations) {
    firstMs = Math.min(firstMs, operation.intendedAtMs);
    lastMs = Math.max(lastMs, operation.endedAtMs);
    if (operation.outcome === "ok") served += 1;
  }
  return lastMs > firstMs ? (served * 1_000) / (lastMs - firstMs) : 0;
}

function evidenceOf(
  operations: readonly Operation[],
  servedRate: number,
  objective: ErrorFreeObjective,
): string {
  const total = operations.length;
  const count = (outcome: Operation["outcome"]) =>
    operations.filter((operation) => operation.outcome === outcome).length;
  const errors = count("failed") + count("indeterminate");
  const dropped = count("dropped");
  const bound = shareUpperBound(errors + dropped, total, 0.95);
  return (
    `${formatNumberOf(errors, "error")} (${formatCount(count("indeterminate"))} indeterminate) ` +
    `and ${formatCount(dropped)} dropped of ${formatCount(total)} requests, ` +
    `${servedRate.toFixed(1)} served per second, allowed are 0 at ` +
    `${objective.ratePerSecondMin} or more; the true error share is below ` +
    `${formatShare(bound)} (95 %)`
  );
}

function measurementsOf(
  { operations }: History,
  servedRate: number,
  { ratePerSecondMin }: ErrorFreeObjective,
): readonly Measurement[] {
  const sampleSize = operations.length;
  const errors = operations.filter(({ outcome }) => outcome !== "ok").length;
  const latenciesMs = operations
    .filter(({ outcome }) => outcome === "ok")
    .map(({ intendedAtMs, endedAtMs }) => endedAtMs - intendedAtMs);
  const percentiles = [
    { name: "latency, median", value: quantile(latenciesMs, 0.5) },
    { name: "latency, 99th percentile", value: quantile(latenciesMs, 0.99) },
  ].flatMap(({ name: title, value }) =>
    value === null ? [] : [{ name: title, value, unit: "ms", sampleSize: latenciesMs.length }],
  );
  return [
    badCount("errors and dropped", errors, sampleSize),
    {
      name: "served rate",
      value: servedRate,
      unit: "per second",
      sampleSize,
      limit: atLeast(ratePerSecondMin),
    },
    {
      name: "error share, 95 % upper bound",
      value: shareUpperBound(errors, sampleSize, 0.95),
      unit: "share",
      sampleSize,
    },
    ...percentiles,
  ];
}
