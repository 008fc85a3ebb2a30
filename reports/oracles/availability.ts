import {
  doubtAboutDelays,
  doubtAboutFaults,
  doubtAboutGenerator,
  doubtAboutRecovery,
  verdictsOf,
} from "../assumptions.ts";
import { formatCount, formatDuration, formatNumberOf } from "../format.ts";
import { phaseOf, type Phase } from "../phases.ts";
import type { FaultWindow, History, Measurement, Operation } from "../records.ts";
import type { AvailabilityObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "availability";

interface Judged {
  readonly operation: Operation;
  readonly phase: Phase;
  readonly latencyMs: number;
}

/**
 * Judges whether clients noticed a fault: failures of the given methods over the whole history,
 * latency (from the intended moment) of all that overlapped the fault.
 *
 * A slot that was never sent, or that has no record, counts as failed. Failures and slow requests
 * are witnesses and fail the objective even where the coverage floors (requests in flight at the
 * injection, requests in the window) were not met; without witnesses an unmet floor is unknown.
 */
export const availability: Oracle<History, AvailabilityObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const judged = judgedOperations(history, objective);
    if (judged.length === 0) {
      return verdict.unknown({
        evidence: `no ${objective.methods.join(" or ")} request is on record`,
      });
    }
    const doubt =
      doubtAboutGenerator(history.generator) ??
      doubtAboutFaults(history) ??
      doubtAboutSilence(history);
    if (doubt !== null) return verdict.unknown({ evidence: doubt });

    const failed = judged.filter(({ operation }) => operation.outcome !== "ok");
    const slow = judged.filter(
      ({ operation, phase, latencyMs }) =>
        operation.outcome === "ok" && phase === "during" && latencyMs > objective.latencyMsMax,
    );
    const missing = Math.max(0, history.generator.scheduledCount - history.operations.length);
    const finding = {
      evidence: evidenceOf(judged, failed, slow, missing, objective),
      measurements: measurementsOf(history, judged, failed.length + missing),
      witnesses: [...failed, ...slow].map(({ operation }) => operation.requestId),
    };
    if (failed.length + missing > objective.failedMax) return verdict.failed(finding);
    if (slow.length > 0) {
      const delayed = doubtAboutDelays(history.generator, objective.latencyMsMax);
      return delayed === null
        ? verdict.failed(finding)
        : verdict.unknown({ ...finding, evidence: delayed });
    }
    const shortfall = doubtAboutCoverage(history, judged, objective) ?? doubtAboutRecovery(history);
    if (shortfall !== null) return verdict.unknown({ ...finding, evidence: shortfall });
    return verdict.passed(finding);
  },
};

function judgedOperations(history: History, objective: AvailabilityObjective): readonly Judged[] {
  return history.operations
    .filter(({ method }) => objective.methods.includes(method))
    .map((operation) => ({
      operation,
      phase: phaseOf(operation, history.faults),
      latencyMs: operation.endedAtMs - operation.intendedAtMs,
    }));
}

/** A victim that still answers was not hit, whatever the proofs say. */
function doubtAboutSilence(history: History): string | null {
  for (const fault of history.faults) {
    const answer = history.operations.find((operation) => isAnsweredByVictim(operation, fault));
    if (answer !== undefined) {
      return (
        `"${fault.name}" did not silence its target: ${fault.target} answered ` +
        `${answer.requestId} ${formatDuration(answer.endedAtMs - fault.injectedAtMs)} after it`
      );
    }
  }
  return null;
}

function isAnsweredByVictim(operation: Operation, fault: FaultWindow): boolean {
  const from = fault.effectiveAtMs;
  const to = fault.recoveredAtMs ?? Number.POSITIVE_INFINITY;
  return (
    fault.replica !== null &&
    operation.replica === fault.replica &&
    from !== null &&
    operation.sentAtMs !== null &&
    operation.sentAtMs >= from &&
    operation.endedAtMs <= to
  );
}

function doubtAboutCoverage(
  history: History,
  judged: readonly Judged[],
  objective: AvailabilityObjective,
): string | null {
  const idle = history.faults.find(
    ({ inFlightAtInjection }) => (inFlightAtInjection ?? 0) < objective.inFlightMin,
  );
  if (idle !== undefined) {
    const seen = idle.inFlightAtInjection ?? "an unknown number of";
    return (
      `${seen} requests were in flight on ${idle.target} at "${idle.name}", ` +
      `${objective.inFlightMin} are needed`
    );
  }
  const during = judged.filter(({ phase }) => phase === "during");
  if (during.length < objective.operationsInWindowMin) {
    return (
      `${formatNumberOf(during.length, "request")} overlapped the fault, ` +
      `${objective.operationsInWindowMin} are needed`
    );
  }
  const silent = objective.methods.find(
    (method) => !during.some(({ operation }) => operation.method === method),
  );
  if (silent !== undefined) return `no ${silent} request overlapped the fault`;
  const before = judged.filter(({ phase }) => phase === "before");
  const replicas = new Set(before.flatMap(({ operation }) => operation.replica ?? []));
  if (replicas.size !== objective.replicasBefore) {
    return (
      `${formatNumberOf(replicas.size, "replica")} answered before the fault, ` +
      `${objective.replicasBefore} are needed`
    );
  }
  return null;
}

function evidenceOf(
  judged: readonly Judged[],
  failed: readonly Judged[],
  slow: readonly Judged[],
  missing: number,
  objective: AvailabilityObjective,
): string {
  const during = judged.filter(({ phase }) => phase === "during");
  const slowestMs = Math.max(0, ...during.map(({ latencyMs }) => latencyMs));
  const count = (phase: Phase) => failed.filter((entry) => entry.phase === phase).length;
  const byMethod = objective.methods.map(
    (method) => `${method} ${failed.filter(({ operation }) => operation.method === method).length}`,
  );
  return (
    `${formatNumberOf(failed.length + missing, "failed request")} of ` +
    `${formatCount(judged.length + missing)} (${byMethod.join(", ")}, unsent ${missing}; ` +
    `${count("before")} before, ${count("during")} during, ${count("after")} after the fault), ` +
    `allowed ${objective.failedMax}; ${formatCount(slow.length)} of ` +
    `${formatCount(during.length)} during the fault took longer than ` +
    `${formatDuration(objective.latencyMsMax)}, the slowest ${formatDuration(slowestMs)}`
  );
}

function measurementsOf(history: History, judged: readonly Judged[], failedCount: number) {
  const sampleSize = judged.length;
  const during = judged.filter(({ phase }) => phase === "during");
  const slowestMs = Math.max(0, ...during.map(({ latencyMs }) => latencyMs));
  const inFlight = Math.min(
    ...history.faults.map(({ inFlightAtInjection }) => inFlightAtInjection ?? 0),
  );
  return [
    { name: "failed requests", value: failedCount, unit: "", sampleSize },
    { name: "slowest during the fault", value: slowestMs, unit: "ms", sampleSize: during.length },
    {
      name: "in flight at the injection",
      value: inFlight,
      unit: "",
      sampleSize: history.faults.length,
    },
    {
      name: "longest run of failures",
      value: longestRunOfFailures(judged),
      unit: "",
      sampleSize,
    },
    ...retries(history),
  ];
}

function longestRunOfFailures(judged: readonly Judged[]): number {
  let longest = 0;
  let current = 0;
  for (const { operation } of judged) {
    current = operation.outcome === "ok" ? 0 : current + 1;
    longest = Math.max(longest, current);
  }
  return longest;
}

/** A log without lines is one that nobody could read, not one without retries. */
function retries({ gatewayLines }: History): readonly Measurement[] {
  if (gatewayLines === null || gatewayLines.length === 0) return [];
  const retried = gatewayLines.filter(({ upstreamAddresses }) => upstreamAddresses.length > 1);
  return [
    {
      name: "retried by the gateway",
      value: retried.length,
      unit: "",
      sampleSize: gatewayLines.length,
    },
  ];
}
