import { doubtAboutGenerator, doubtAboutSteadyState, verdictsOf } from "../assumptions.ts";
import { formatCount, formatDuration } from "../format.ts";
import { ratioOf } from "../ratio.ts";
import { judgeRatio, ratioInWords, ratioMeasurement } from "../ratio-verdict.ts";
import type { History, Operation } from "../records.ts";
import type { NeighboursObjective } from "../slo.ts";
import { quantile } from "../statistics.ts";
import type { Oracle } from "./oracle.ts";

const name = "neighbours";

/**
 * Judges whether a cheap request is held up by an expensive one on the same replica.
 *
 * Each request that is sent while an expensive one is under way on its replica makes a pair with the
 * request nearest in time that is sent while none is under way on its own: a machine that is slow for
 * a while is slow for both. The median of the ratios of their times is judged. The moment of sending
 * decides on which side a request stands, because its own length must not.
 *
 * Passed when the whole 99 % interval of the ratio is within the limit, failed when it is above,
 * unknown between the two, and where there are too few pairs.
 */
export const neighbours: Oracle<History, NeighboursObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const doubt =
      doubtAboutGenerator(history.generator) ?? doubtAboutSteadyState(history, "before");
    if (doubt !== null) return verdict.unknown({ evidence: doubt });

    const pairs = pairsOf(history.operations, objective);
    if (pairs.length < objective.sampleSizeMin) {
      return verdict.unknown({
        evidence:
          `${formatCount(pairs.length)} requests were sent beside a "${objective.neighbour}" on the ` +
          `same replica and soon before or after one without, ${objective.sampleSizeMin} are needed`,
      });
    }
    const ratio = ratioOf(
      pairs,
      pairs.map(({ atMs }) => ({ atMs, value: 1 })),
    );
    if (ratio === null) return verdict.unknown({ evidence: "there are pairs in too few seconds" });
    const besideMs =
      quantile(
        pairs.map((pair) => pair.besideMs),
        0.5,
      ) ?? 0;
    const aloneMs =
      quantile(
        pairs.map((pair) => pair.aloneMs),
        0.5,
      ) ?? 0;
    const finding = {
      evidence:
        `of ${formatCount(pairs.length)} pairs the one beside a "${objective.neighbour}" on the same ` +
        `replica took ${formatDuration(besideMs)}, the one without ${formatDuration(aloneMs)} ` +
        `(medians): ${ratioInWords(ratio, objective.ratioMax)}`,
      measurements: [
        ratioMeasurement(
          "time beside a neighbour over time without, median of pairs",
          ratio,
          objective.ratioMax,
        ),
      ],
    };
    return judgeRatio(verdict, finding, ratio, objective.ratioMax);
  },
};

interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

interface Sent {
  readonly atMs: number;
  readonly tookMs: number;
  readonly isBeside: boolean;
}

interface Pair {
  readonly atMs: number;
  /** How many times as long the one beside a neighbour took. */
  readonly value: number;
  readonly besideMs: number;
  readonly aloneMs: number;
}

function sentOf(
  operations: readonly Operation[],
  { label, neighbour }: NeighboursObjective,
): readonly Sent[] {
  const busy = Map.groupBy(
    operations.flatMap(({ label: own, replica, sentAtMs, endedAtMs }) =>
      own === neighbour && replica !== null && sentAtMs !== null
        ? [{ replica, fromMs: sentAtMs, toMs: endedAtMs }]
        : [],
    ),
    ({ replica }) => replica,
  );
  const isBusy = (stretches: readonly Stretch[], atMs: number) =>
    stretches.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  return operations.flatMap(({ label: own, replica, sentAtMs, endedAtMs, outcome }) => {
    if (own !== label || outcome !== "ok" || replica === null || sentAtMs === null) return [];
    const isBeside = isBusy(busy.get(replica) ?? [], sentAtMs);
    return [{ atMs: sentAtMs, tookMs: endedAtMs - sentAtMs, isBeside }];
  });
}

function pairsOf(
  operations: readonly Operation[],
  objective: NeighboursObjective,
): readonly Pair[] {
  const sent = sentOf(operations, objective).toSorted((one, other) => one.atMs - other.atMs);
  const alone = sent.filter(({ isBeside }) => !isBeside);
  let next = 0;
  return sent.flatMap(({ atMs, tookMs, isBeside }) => {
    while ((alone[next]?.atMs ?? Number.POSITIVE_INFINITY) < atMs) next += 1;
    if (!isBeside) return [];
    const [nearest] = [alone[next - 1], alone[next]]
      .filter((one) => one !== undefined)
      .toSorted((one, other) => Math.abs(one.atMs - atMs) - Math.abs(other.atMs - atMs));
    if (nearest === undefined || Math.abs(nearest.atMs - atMs) > objective.pairMsMax) return [];
    const aloneMs = nearest.tookMs;
    return [{ atMs, value: tookMs / aloneMs, besideMs: tookMs, aloneMs }];
  });
}
