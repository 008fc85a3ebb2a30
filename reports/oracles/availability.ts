import {
  doubtAboutFaults,
  doubtAboutGenerator,
  doubtAboutRecovery,
  verdictsOf,
} from "../assumptions.ts";
import { formatCount, formatDuration, formatNumberOf } from "../format.ts";
import { atLeast, atMost, badCount, rangeOf } from "../measure.ts";
import { doubtAboutFailures, doubtAboutSlow } from "../stalls.ts";
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
 *
 * Where a share is given, a gateway fails as well that goes on asking a replica that is away: every
 * such request waits for nothing first. Requests that were in flight at the injection do not count.
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
    const doubt = doubtAboutGenerator(history.generator) ?? doubtAboutFaults(history);
    if (doubt !== null) return verdict.unknown({ evidence: doubt });

    const failed = judged.filter(({ operation }) => operation.outcome !== "ok");
    const slow = judged.filter(
      ({ operation, phase, latencyMs }) =>
        operation.outcome === "ok" && phase === "during" && latencyMs > objective.latencyMsMax,
    );
    const missing = Math.max(0, history.generator.scheduledCount - history.operations.length);
    const retried = retriedInVain(history);
    const finding = {
      evidence:
        evidenceOf(judged, failed, slow, missing, objective) +
        retriesInWords(retried, judged, objective),
      measurements: measurementsOf(history, judged, missing, objective),
      witnesses: [...failed, ...slow].map(({ operation }) => operation.requestId),
    };
    if (failed.length + missing > objective.failedMax) {
      const starved = missing > 0 ? null : doubtAboutFailures(history, operationsOf(failed));
      return starved === null
        ? verdict.failed(finding)
        : verdict.unknown({ ...finding, evidence: starved });
    }
    if (slow.length > 0) {
      const delayed = doubtAboutSlow(history, operationsOf(slow), objective.latencyMsMax);
      return delayed === null
        ? verdict.failed(finding)
        : verdict.unknown({ ...finding, evidence: delayed });
    }
    if (retried !== null && retried > retriedMax(judged, objective)) return verdict.failed(finding);
    const shortfall =
      doubtAboutCoverage(history, judged, objective) ??
      (retried === null && objective.retriedShareMax !== undefined
        ? "the gateway's log could not be read, so nobody knows how often it asked in vain"
        : doubtAboutRecovery(history));
    if (shortfall !== null) return verdict.unknown({ ...finding, evidence: shortfall });
    return verdict.passed(finding);
  },
};

function operationsOf(judged: readonly Judged[]): readonly Operation[] {
  return judged.map(({ operation }) => operation);
}

/** A slot that was dropped never became a request, so it has no method to be left out by. */
function judgedOperations(history: History, objective: AvailabilityObjective): readonly Judged[] {
  return history.operations
    .filter(({ method, outcome }) => outcome === "dropped" || objective.methods.includes(method))
    .map((operation) => ({
      operation,
      phase: phaseOf(operation, history.faults),
      latencyMs: operation.endedAtMs - operation.intendedAtMs,
    }));
}

function doubtAboutCoverage(
  history: History,
  judged: readonly Judged[],
  objective: AvailabilityObjective,
): string | null {
  const idle = faultsAtReplicas(history).find(
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
  return doubtAboutReplicasBefore(history, judged, objective);
}

/** Each fault must find all replicas at work, except where it strikes inside an earlier one. */
function doubtAboutReplicasBefore(
  { faults }: History,
  judged: readonly Judged[],
  { replicasBefore }: AvailabilityObjective,
): string | null {
  for (const { name, injectedAtMs } of faults) {
    const earlier = faults.filter((other) => other.injectedAtMs < injectedAtMs);
    const healedMs = earlier.map(({ healedAtMs }) => healedAtMs ?? Number.POSITIVE_INFINITY);
    const fromMs = Math.max(0, ...healedMs);
    if (fromMs >= injectedAtMs) continue;
    const replicas = new Set(
      judged
        .filter(({ operation }) => operation.endedAtMs >= fromMs)
        .filter(({ operation }) => operation.endedAtMs < injectedAtMs)
        .flatMap(({ operation }) => operation.replica ?? []),
    );
    if (replicas.size !== replicasBefore) {
      return (
        `${formatNumberOf(replicas.size, "replica")} answered before "${name}", ` +
        `${replicasBefore} are needed`
      );
    }
  }
  return null;
}

/** A fault elsewhere has no requests in flight to count, unless there is no other. */
function faultsAtReplicas({ faults }: History): readonly FaultWindow[] {
  const atReplicas = faults.filter(({ replica }) => replica !== null);
  return atReplicas.length === 0 ? faults : atReplicas;
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
  const sent = failed.filter(({ operation }) => operation.outcome !== "dropped");
  const byMethod = objective.methods.map(
    (method) => `${method} ${sent.filter(({ operation }) => operation.method === method).length}`,
  );
  const unsent = failed.length - sent.length + missing;
  return (
    `${formatNumberOf(failed.length + missing, "failed request")} of ` +
    `${formatCount(judged.length + missing)} (${byMethod.join(", ")}, unsent ${unsent}; ` +
    `${count("before")} before, ${count("during")} during, ${count("after")} after the fault), ` +
    `allowed ${objective.failedMax}; ${formatCount(slow.length)} of ` +
    `${formatCount(during.length)} during the fault took longer than ` +
    `${formatDuration(objective.latencyMsMax)}, the slowest ${formatDuration(slowestMs)}`
  );
}

function measurementsOf(
  history: History,
  judged: readonly Judged[],
  missing: number,
  objective: AvailabilityObjective,
): readonly Measurement[] {
  const { failedMax, latencyMsMax, inFlightMin } = objective;
  const sampleSize = judged.length;
  const during = judged.filter(({ phase }) => phase === "during");
  const slowestMs = Math.max(0, ...during.map(({ latencyMs }) => latencyMs));
  const failed = judged.filter(({ operation }) => operation.outcome !== "ok").length;
  const dropped = judged.filter(({ operation }) => operation.outcome === "dropped").length;
  const inFlight = history.faults.flatMap(({ inFlightAtInjection }) => inFlightAtInjection ?? []);
  return [
    badCount("failed requests", failed + missing, sampleSize + missing, atMost(failedMax)),
    {
      name: "missed slots",
      value: dropped + missing,
      unit: "",
      sampleSize: history.generator.scheduledCount,
    },
    {
      name: "slowest during the fault",
      value: slowestMs,
      unit: "ms",
      sampleSize: during.length,
      limit: atMost(latencyMsMax),
    },
    ...(inFlight.length === 0
      ? []
      : [
          {
            name: "in flight at the injection",
            value: Math.min(...inFlight),
            unit: "",
            sampleSize: inFlight.length,
            limit: atLeast(inFlightMin),
            ...rangeOf(inFlight, "", "of all faults"),
          },
        ]),
    {
      name: "longest run of failures",
      value: longestRunOfFailures(judged),
      unit: "",
      sampleSize,
    },
    ...retries(history, judged, objective),
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

/** Lines of requests for which more than one replica was asked; `null` for a log without any line. */
function retriedLines({ gatewayLines }: History): number | null {
  if (gatewayLines === null || gatewayLines.length === 0) return null;
  return gatewayLines.filter(({ upstreamAddresses }) => upstreamAddresses.length > 1).length;
}

/** Of them, those that were sent to a replica that was away already. */
function retriedInVain(history: History): number | null {
  const retried = retriedLines(history);
  const inFlight = history.faults.map(({ inFlightAtInjection }) => inFlightAtInjection ?? 0);
  if (retried === null) return null;
  return Math.max(
    0,
    inFlight.reduce((rest, count) => rest - count, retried),
  );
}

function retriedMax(
  judged: readonly Judged[],
  { retriedShareMax = Number.POSITIVE_INFINITY }: AvailabilityObjective,
): number {
  return retriedShareMax * judged.filter(({ phase }) => phase === "during").length;
}

function retriesInWords(
  retried: number | null,
  judged: readonly Judged[],
  objective: AvailabilityObjective,
): string {
  if (retried === null || objective.retriedShareMax === undefined) return "";
  const allowed = Math.floor(retriedMax(judged, objective));
  return `; ${formatCount(retried)} asked a replica first that was away, allowed ${formatCount(allowed)}`;
}

function retries(
  history: History,
  judged: readonly Judged[],
  objective: AvailabilityObjective,
): readonly Measurement[] {
  const [value, sampleSize] = [retriedLines(history), history.gatewayLines?.length ?? 0];
  if (value === null) return [];
  const retried = { name: "retried by the gateway", value, unit: "", sampleSize };
  const allowed = retriedMax(judged, objective);
  if (allowed === Number.POSITIVE_INFINITY) return [retried];
  const inVain = { name: "asked in vain by the gateway", unit: "", sampleSize };
  return [retried, { ...inVain, value: retriedInVain(history) ?? 0, limit: atMost(allowed) }];
}
