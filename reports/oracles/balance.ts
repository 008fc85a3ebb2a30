import { doubtAboutGenerator, doubtAboutSteadyState, verdictsOf } from "../assumptions.ts";
import { formatCount, formatShare } from "../format.ts";
import { atMost, rangeOf } from "../measure.ts";
import type { GatewayLine, History, Measurement, Operation } from "../records.ts";
import type { BalanceObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "balance";
/** Shares that are equal on paper may differ in the last bits of a double. */
const roundingCount = 1e-6;

/**
 * Judges how evenly good answers are spread over the replicas, by the replica's own header.
 *
 * The gateway's log, where it could be read, is the second observer: each replica must stand for
 * exactly one upstream address. Where the two disagree the answer is unknown.
 */
export const balance: Oracle<History, BalanceObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const answered = history.operations.filter(({ outcome }) => outcome === "ok");
    const total = answered.length;
    if (total < objective.sampleSizeMin) {
      return verdict.unknown({
        evidence:
          `${formatCount(total)} requests were answered well, ` +
          `${formatCount(objective.sampleSizeMin)} are needed`,
      });
    }
    const doubt =
      doubtAboutGenerator(history.generator) ??
      doubtAboutSteadyState(history, "before") ??
      doubtAboutHeader(answered) ??
      doubtAboutAddresses(answered, history.gatewayLines);
    if (doubt !== null) return verdict.unknown({ evidence: doubt });

    const counts = countByReplica(answered);
    const deviationMax = objective.shareDeviationMax * total * objective.replicas;
    const uneven = [...counts].filter(
      ([, count]) => Math.abs(count * objective.replicas - total) > deviationMax + roundingCount,
    );
    const finding = {
      evidence:
        `${counts.size} of ${objective.replicas} replicas answered ` +
        `${formatCount(total)} requests: ${describe(counts, total)}; allowed is ` +
        `${formatShare(1 / objective.replicas)} ± ${formatShare(objective.shareDeviationMax)} each`,
      measurements: measurementsOf(counts, total, objective),
      witnesses: uneven.map(([replica]) => replica),
    };
    if (counts.size !== objective.replicas || uneven.length > 0) return verdict.failed(finding);
    return verdict.passed(finding);
  },
};

function measurementsOf(
  counts: ReadonlyMap<string, number>,
  total: number,
  { replicas, shareDeviationMax }: BalanceObjective,
): readonly Measurement[] {
  const shares = [...counts].map(([replica, count]) => ({ replica, share: count / total }));
  const deviations = shares.map(({ share }) => Math.abs(share - 1 / replicas));
  return [
    {
      name: "largest distance from a fair share",
      value: Math.max(...deviations),
      unit: "share",
      sampleSize: total,
      limit: atMost(shareDeviationMax),
      ...rangeOf(
        shares.map(({ share }) => share),
        "share",
        "of all replicas",
      ),
    },
    ...shares.map(({ replica, share }) => ({
      name: `share of ${replica}`,
      value: share,
      unit: "share",
      sampleSize: total,
    })),
  ];
}

function countByReplica(answered: readonly Operation[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { replica } of answered) {
    if (replica !== null) counts.set(replica, (counts.get(replica) ?? 0) + 1);
  }
  return new Map([...counts].sort(([left], [right]) => left.localeCompare(right)));
}

function describe(counts: ReadonlyMap<string, number>, total: number): string {
  return [...counts]
    .map(([replica, count]) => `${replica} ${formatShare(count / total)}`)
    .join(", ");
}

function doubtAboutHeader(answered: readonly Operation[]): string | null {
  const nameless = answered.filter(({ replica }) => replica === null);
  if (nameless.length === 0) return null;
  return (
    `${formatCount(nameless.length)} of ${formatCount(answered.length)} answers do not name ` +
    `their replica, the first is ${nameless[0]?.requestId}`
  );
}

function doubtAboutAddresses(
  answered: readonly Operation[],
  lines: readonly GatewayLine[] | null,
): string | null {
  if (lines === null) return null;
  const addressOf = new Map(
    lines.map(({ requestId, upstreamAddresses }) => [requestId, upstreamAddresses.at(-1)]),
  );
  const replicaByAddress = new Map<string, string>();
  const addressByReplica = new Map<string, string>();
  for (const { requestId, replica } of answered) {
    const address = addressOf.get(requestId);
    if (address === undefined || replica === null) {
      return `the gateway's log does not say who answered ${requestId}`;
    }
    const knownReplica = replicaByAddress.get(address) ?? replica;
    const knownAddress = addressByReplica.get(replica) ?? address;
    if (knownReplica !== replica || knownAddress !== address) {
      return (
        `header and gateway disagree on ${requestId}: replica ${replica}, upstream ${address}, ` +
        `before that ${knownReplica} at ${knownAddress}`
      );
    }
    replicaByAddress.set(address, replica);
    addressByReplica.set(replica, address);
  }
  return null;
}
