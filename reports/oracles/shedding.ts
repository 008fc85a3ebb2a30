import {
  doubtAboutDelays,
  doubtAboutFaults,
  doubtAboutGenerator,
  verdictsOf,
} from "../assumptions.ts";
import { formatCount, formatDuration } from "../format.ts";
import { atLeast, atMost } from "../measure.ts";
import type { History, Measurement, Operation } from "../records.ts";
import type { SheddingObjective } from "../slo.ts";
import { quantile } from "../statistics.ts";
import type { Oracle } from "./oracle.ts";

const name = "shedding";

/**
 * Judges whether a system that cannot answer all requests refuses the rest at once, in place of
 * letting everybody wait.
 *
 * Overload is a fact of the record: requests that were intended while nothing could be answered,
 * as a multiple of those that may wait. Less of it than promised is unknown. Nobody refused, or
 * refused late, fails; late ones are unknown where the generator itself was held up.
 */
export const shedding: Oracle<History, SheddingObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const doubt = doubtAboutGenerator(history.generator) ?? doubtAboutFaults(history);
    if (doubt !== null) return verdict.unknown({ evidence: doubt });

    const offered = history.operations.filter((operation) => isDuringFault(operation, history));
    const refused = offered.filter(({ status }) => isRefusal(status, objective));
    const overload = offered.length / objective.waitingMax;
    const promptMs = quantile(refused.map(refusalMs), objective.refusedInTimeShareMin) ?? 0;
    const finding = {
      evidence:
        `${formatCount(offered.length)} requests came while none could be answered, ` +
        `${overload.toFixed(1)} times the ${formatCount(objective.waitingMax)} that may wait; ` +
        `${formatCount(refused.length)} were refused, 95 % of them within ` +
        `${formatDuration(promptMs)}, allowed is ${formatDuration(objective.refusalMsMax)}`,
      measurements: measurementsOf(offered.length, refused.length, promptMs, objective),
      witnesses: refused
        .filter((operation) => refusalMs(operation) > objective.refusalMsMax)
        .map(({ requestId }) => requestId),
    };
    if (overload < objective.overloadMin) return verdict.unknown(finding);
    if (refused.length < objective.refusedMin) return verdict.failed(finding);
    if (promptMs <= objective.refusalMsMax) return verdict.passed(finding);
    const delayed = doubtAboutDelays(history.generator, objective.refusalMsMax);
    return delayed === null
      ? verdict.failed(finding)
      : verdict.unknown({ ...finding, evidence: delayed });
  },
};

function isDuringFault({ intendedAtMs }: Operation, { faults }: History): boolean {
  return faults.some(
    ({ effectiveAtMs, recoveredAtMs }) =>
      effectiveAtMs !== null &&
      intendedAtMs >= effectiveAtMs &&
      intendedAtMs <= (recoveredAtMs ?? Number.NEGATIVE_INFINITY),
  );
}

function isRefusal(status: number | null, { statuses }: SheddingObjective): boolean {
  return status !== null && statuses.includes(status);
}

/** From the moment it was sent: what the generator itself was late is not the system's. */
function refusalMs({ sentAtMs, intendedAtMs, endedAtMs }: Operation): number {
  return endedAtMs - (sentAtMs ?? intendedAtMs);
}

function measurementsOf(
  offered: number,
  refused: number,
  promptMs: number,
  { waitingMax, overloadMin, refusedMin, refusalMsMax }: SheddingObjective,
): readonly Measurement[] {
  return [
    {
      name: "requests of those that may wait",
      value: offered / waitingMax,
      unit: "times",
      sampleSize: offered,
      limit: atLeast(overloadMin),
    },
    {
      name: "refused",
      value: refused,
      unit: "",
      sampleSize: offered,
      limit: atLeast(refusedMin),
    },
    {
      name: "refused within, 95th percentile",
      value: promptMs,
      unit: "ms",
      sampleSize: refused,
      limit: atMost(refusalMsMax),
    },
  ];
}
