import {
  doubtAboutDelays,
  doubtAboutGenerator,
  doubtAboutSteadyState,
  verdictsOf,
} from "../assumptions.ts";
import { formatCount, formatDuration, formatShare } from "../format.ts";
import { atMost } from "../measure.ts";
import type { History, Measurement, Operation } from "../records.ts";
import type { SlowShareObjective } from "../slo.ts";
import { quantile, shareLowerBound, shareUpperBound } from "../statistics.ts";
import type { Oracle } from "./oracle.ts";

const name = "slow-share";
const passConfidence = 0.95;
/** Stricter than for a pass: a false alarm costs a release, an unknown one only a repeat. */
const failConfidence = 0.99;

/**
 * Judges the share of requests whose first byte came too late, counted from the moment that the
 * schedule wanted them sent (no coordinated omission). A request that did not succeed is slow.
 *
 * Passed when the exact 95 % upper bound of the share is within the budget, failed when the 99 %
 * lower bound is above it, unknown between the two. Delays of the generator itself put slow answers
 * in doubt, not failed requests and not fast answers.
 */
export const slowShare: Oracle<History, SlowShareObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const judged = history.operations.filter(({ label }) => label === objective.label);
    const total = judged.length;
    if (total < objective.sampleSizeMin) {
      return verdict.unknown({
        evidence:
          `${formatCount(total)} requests of "${objective.label}" were recorded, ` +
          `${formatCount(objective.sampleSizeMin)} are needed`,
      });
    }
    const doubt =
      doubtAboutGenerator(history.generator) ?? doubtAboutSteadyState(history, "before");
    if (doubt !== null) return verdict.unknown({ evidence: doubt });

    const slow = judged.filter((operation) => !isInTime(operation, objective.limitMs));
    const failures = judged.filter(({ outcome }) => outcome !== "ok").length;
    const upper = shareUpperBound(slow.length, total, passConfidence);
    const lower = shareLowerBound(slow.length, total, failConfidence);
    const latenciesMs = judged.map(firstByteLatencyMs).filter((latencyMs) => latencyMs !== null);
    const finding = {
      evidence:
        `${formatCount(slow.length)} of ${formatCount(total)} requests ` +
        `(${formatShare(slow.length / total)}) were slower than ` +
        `${formatDuration(objective.limitMs)} or failed (${formatCount(failures)} failed); ` +
        `the true share is below ${formatShare(upper)} (95 %) and above ${formatShare(lower)} ` +
        `(99 %), allowed is ${formatShare(objective.slowShareMax)}; first byte after ` +
        `${formatDuration(quantile(latenciesMs, 0.5) ?? 0)} (median), ` +
        `${formatDuration(quantile(latenciesMs, 0.99) ?? 0)} (99th percentile)`,
      measurements: measurementsOf(judged, slow.length, { lower, upper }, objective),
      witnesses: slow.map(({ requestId }) => requestId),
    };
    if (upper <= objective.slowShareMax) return verdict.passed(finding);
    const failuresLower = shareLowerBound(failures, total, failConfidence);
    if (failuresLower > objective.slowShareMax) return verdict.failed(finding);
    const delayed = doubtAboutDelays(history.generator, objective.limitMs);
    if (delayed !== null) return verdict.unknown({ ...finding, evidence: delayed });
    if (lower > objective.slowShareMax) return verdict.failed(finding);
    return verdict.unknown(finding);
  },
};

function isInTime(operation: Operation, limitMs: number): boolean {
  const latencyMs = firstByteLatencyMs(operation);
  return operation.outcome === "ok" && latencyMs !== null && latencyMs <= limitMs;
}

function firstByteLatencyMs(operation: Operation): number | null {
  if (operation.firstByteAtMs === null) return null;
  return operation.firstByteAtMs - operation.intendedAtMs;
}

function measurementsOf(
  judged: readonly Operation[],
  slowCount: number,
  { lower, upper }: { readonly lower: number; readonly upper: number },
  { slowShareMax }: SlowShareObjective,
): readonly Measurement[] {
  const total = judged.length;
  return [
    { name: "slow share", value: slowCount / total, unit: "share", sampleSize: total },
    {
      name: "slow share, 95 % upper bound",
      value: upper,
      unit: "share",
      sampleSize: total,
      limit: atMost(slowShareMax),
      spread: {
        low: lower,
        high: upper,
        unit: "share",
        meaning: "99 % lower and 95 % upper bound of the true share",
      },
    },
    ...percentiles("first byte on a kept connection", judged, true),
    ...percentiles("first byte on a new connection", judged, false),
  ];
}

/** New and kept connections apart: a TLS handshake belongs to the first byte of a new one only. */
function percentiles(
  title: string,
  judged: readonly Operation[],
  reusedSocket: boolean,
): readonly Measurement[] {
  const latenciesMs = judged
    .filter((operation) => operation.outcome === "ok" && operation.reusedSocket === reusedSocket)
    .map(firstByteLatencyMs)
    .filter((latencyMs) => latencyMs !== null);
  const median = quantile(latenciesMs, 0.5);
  const p99 = quantile(latenciesMs, 0.99);
  if (median === null || p99 === null) return [];
  const sampleSize = latenciesMs.length;
  return [
    { name: `${title}, median`, value: median, unit: "ms", sampleSize },
    { name: `${title}, 99th percentile`, value: p99, unit: "ms", sampleSize },
  ];
}
