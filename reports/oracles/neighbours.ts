import { doubtAboutGenerator, doubtAboutSteadyState, verdictsOf } from "../assumptions.ts";
import { formatCount, formatDuration } from "../format.ts";
import { ratioOf } from "../ratio.ts";
import { judgeRatio, ratioInWords, ratioMeasurement } from "../ratio-verdict.ts";
import type { History, Operation } from "../records.ts";
import type { NeighboursObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "neighbours";

/**
 * Judges whether a cheap request is held up by an expensive one on the same replica: its median time
 * when it is sent while one is under way there, against that of all others of the same run.
 *
 * The moment of sending decides on which side a request stands, because its own length must not.
 * Passed when the whole 99 % interval of the ratio is within the limit, failed when it is above,
 * unknown between the two, and where one side has too few.
 */
export const neighbours: Oracle<History, NeighboursObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const doubt =
      doubtAboutGenerator(history.generator) ?? doubtAboutSteadyState(history, "before");
    if (doubt !== null) return verdict.unknown({ evidence: doubt });

    const { beside, alone } = sidesOf(history.operations, objective);
    const fewest = Math.min(beside.length, alone.length);
    if (fewest < objective.sampleSizeMin) {
      return verdict.unknown({
        evidence:
          `${formatCount(beside.length)} requests were sent beside a neighbour and ` +
          `${formatCount(alone.length)} without, ${objective.sampleSizeMin} of each are needed`,
      });
    }
    const ratio = ratioOf(beside, alone);
    if (ratio === null) {
      return verdict.unknown({ evidence: "both sides are there in too few seconds" });
    }
    const finding = {
      evidence:
        `beside a "${objective.neighbour}" on the same replica half of the ` +
        `${formatCount(beside.length)} took ${formatDuration(ratio.numeratorValue)} or more, of the ` +
        `${formatCount(alone.length)} others ${formatDuration(ratio.denominatorValue)}: ` +
        ratioInWords(ratio, objective.ratioMax),
      measurements: [
        ratioMeasurement(
          "time beside a neighbour over time without, median",
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

function sidesOf(operations: readonly Operation[], { label, neighbour }: NeighboursObjective) {
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
  const judged = operations.flatMap((operation) => {
    const { replica, sentAtMs, endedAtMs, outcome } = operation;
    if (operation.label !== label || outcome !== "ok") return [];
    if (replica === null || sentAtMs === null) return [];
    const isBeside = isBusy(busy.get(replica) ?? [], sentAtMs);
    return [{ isBeside, atMs: sentAtMs, value: endedAtMs - sentAtMs }];
  });
  return {
    beside: judged.filter(({ isBeside }) => isBeside),
    alone: judged.filter(({ isBeside }) => !isBeside),
  };
}
