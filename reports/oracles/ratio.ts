import { doubtAboutGenerator, doubtAboutSteadyState, verdictsOf } from "../assumptions.ts";
import { formatCount, formatDuration } from "../format.ts";
import { ratioOf } from "../ratio.ts";
import { judgeRatio, ratioInWords, ratioMeasurement } from "../ratio-verdict.ts";
import type { History, Operation } from "../records.ts";
import type { RatioObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "ratio";

/**
 * Judges how much longer one kind of request takes than another that is sent between its own: the
 * ratio of their medians, which a slow machine moves far less than either of them.
 *
 * Passed when the whole 99 % interval of the ratio is within the limit, failed when it is above,
 * unknown between the two. A request that was not answered well fails the objective: its time says
 * nothing.
 */
export const ratio: Oracle<History, RatioObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const doubt =
      doubtAboutGenerator(history.generator) ?? doubtAboutSteadyState(history, "before");
    if (doubt !== null) return verdict.unknown({ evidence: doubt });

    const of = (label: string) => history.operations.filter((each) => each.label === label);
    const [judged, control] = [of(objective.label), of(objective.control)];
    const wrong = [...judged, ...control].filter(({ outcome }) => outcome !== "ok");
    const fewest = Math.min(judged.length, control.length);
    if (fewest < objective.sampleSizeMin) {
      return verdict.unknown({
        evidence:
          `${formatCount(judged.length)} of "${objective.label}" and ${formatCount(control.length)} ` +
          `of "${objective.control}" were recorded, ${objective.sampleSizeMin} of each are needed`,
      });
    }
    const seen = ratioOf(judged.flatMap(timeOf), control.flatMap(timeOf));
    if (seen === null) {
      return verdict.unknown({ evidence: "both kinds are there in too few seconds" });
    }
    const finding = {
      evidence:
        `half of "${objective.label}" took ${formatDuration(seen.numeratorValue)} or more, of ` +
        `"${objective.control}" ${formatDuration(seen.denominatorValue)}: ` +
        `${ratioInWords(seen, objective.ratioMax)}; ` +
        `${formatCount(wrong.length)} of ${formatCount(judged.length + control.length)} failed`,
      measurements: [
        ratioMeasurement(
          `${objective.label} over ${objective.control}, median`,
          seen,
          objective.ratioMax,
        ),
      ],
      witnesses: wrong.map(({ requestId }) => requestId),
    };
    if (wrong.length > 0) return verdict.failed(finding);
    return judgeRatio(verdict, finding, seen, objective.ratioMax);
  },
};

function timeOf({ sentAtMs, firstByteAtMs, outcome }: Operation) {
  if (outcome !== "ok" || sentAtMs === null || firstByteAtMs === null) return [];
  return [{ atMs: sentAtMs, value: firstByteAtMs - sentAtMs }];
}
