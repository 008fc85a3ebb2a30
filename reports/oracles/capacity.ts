import {
  doubtAboutDelays,
  doubtAboutGenerator,
  doubtAboutSteadyState,
  verdictsOf,
} from "../assumptions.ts";
import { doubtAboutConservation } from "../conservation.ts";
import { formatCount, formatDuration } from "../format.ts";
import { stepFigures, type StepFigures } from "../load-steps.ts";
import { atLeast } from "../measure.ts";
import type { History, Measurement } from "../records.ts";
import { generatorValidity } from "../slo.ts";
import type { CapacityObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "capacity";

/**
 * Judges a load that goes up step by step: the highest rate up to which every step was served
 * without error and in time.
 *
 * It reports, and fails only below the promised rate. The record must add up first, and a step that
 * the generator itself sent late decides nothing.
 */
export const capacity: Oracle<History, CapacityObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const steps = stepFigures(history);
    if (!steps.some(({ whole }) => whole)) {
      return verdict.unknown({ evidence: "no step of the load was run to its end" });
    }
    const doubt =
      doubtAboutGenerator(history.generator) ??
      doubtAboutSteadyState(history, "before") ??
      doubtAboutConservation(history);
    if (doubt !== null) return verdict.unknown({ evidence: doubt });

    const end = steps.findIndex((step) => !isServed(step, objective));
    const served = end === -1 ? steps : steps.slice(0, end);
    const highest = served.at(-1)?.ratePerSecond ?? 0;
    const next = end === -1 ? undefined : steps[end];
    const finding = {
      evidence:
        `${formatCount(highest)} requests per second were served without error, 99 % of them ` +
        `within ${formatDuration(objective.answerMsMax)}, ${whyNoMore(next)}; promised are ` +
        `${objective.ratePerSecondMin} or more`,
      measurements: [
        {
          name: "highest rate that was served",
          value: highest,
          unit: "per second",
          sampleSize: history.operations.length,
          limit: atLeast(objective.ratePerSecondMin),
        },
        ...slowest(steps),
      ],
    };
    if (highest >= objective.ratePerSecondMin) return verdict.passed(finding);
    if (next === undefined || next.notOk > 0) return verdict.failed(finding);
    // Nothing but slow answers, which a machine that others keep busy gives as well.
    const delayed = isLate(next, objective)
      ? lateInWords(next, objective)
      : doubtAboutDelays(history.generator, objective.answerMsMax);
    if (delayed !== null) return verdict.unknown({ ...finding, evidence: delayed });
    return verdict.failed(finding);
  },
};

function isServed(step: StepFigures, objective: CapacityObjective): boolean {
  const isInTime = step.p99Ms !== null && step.p99Ms <= objective.answerMsMax;
  return step.whole && step.notOk === 0 && isInTime && step.sampleSize >= objective.sampleSizeMin;
}

function lagMsMax({ answerMsMax }: CapacityObjective): number {
  return answerMsMax * generatorValidity.sendLagShareOfLimitMax;
}

function isLate(step: StepFigures, objective: CapacityObjective): boolean {
  return step.sendLagP99Ms > lagMsMax(objective);
}

function lateInWords(step: StepFigures, objective: CapacityObjective): string {
  return (
    `at ${formatCount(step.ratePerSecond)} per second the load generator sent ` +
    `${formatDuration(step.sendLagP99Ms)} late (99th percentile), allowed is ` +
    formatDuration(lagMsMax(objective))
  );
}

function whyNoMore(next: StepFigures | undefined): string {
  if (next === undefined) return "and no higher rate was tried";
  const rate = `at ${formatCount(next.ratePerSecond)}`;
  if (next.notOk > 0) return `and ${rate} ${formatCount(next.notOk)} were not`;
  if (!next.whole) return `and ${rate} the stack fell behind`;
  if (next.p99Ms === null) return `and ${rate} nothing was answered`;
  return `and ${rate} 99 % took up to ${formatDuration(next.p99Ms)}`;
}

function slowest(steps: readonly StepFigures[]): readonly Measurement[] {
  return steps.flatMap(({ ratePerSecond, p99Ms, sampleSize }) => {
    if (p99Ms === null) return [];
    const name = `99th percentile at ${formatCount(ratePerSecond)} per second`;
    return [{ name, value: p99Ms, unit: "ms", sampleSize }];
  });
}
