import { doubtAboutGenerator, doubtAboutSteadyState, verdictsOf } from "../assumptions.ts";
import { formatDuration, formatNumberOf, formatShare } from "../format.ts";
import { atMost } from "../measure.ts";
import type { FiringSpan, History, QuietWatch } from "../records.ts";
import { generatorValidity } from "../slo.ts";
import type { QuietObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "quiet";

/**
 * Judges that no alert fired while nobody hurt the stack.
 *
 * An alert that fired already when the watch began is the end of something else, such as of the start
 * of the stack: the quiet counts from its end, and where that is too late nothing is known. Rules that
 * were not evaluated, a window that is too short and one without load could not have shown anything.
 * Alerts of slowness alone say nothing of the stack where the machine had no processor left for it.
 */
export const quiet: Oracle<History, QuietObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const watch = history.monitoring?.quiet ?? null;
    if (watch === null) {
      return verdict.unknown({ evidence: "the past of the alerts was not read" });
    }
    const fired = watch.spans.filter(({ alert }) => !objective.alwaysFiring.includes(alert));
    const begun = fired.filter(({ fromMs }) => fromMs > watch.fromMs);
    const names = [...new Set(begun.map(({ alert }) => alert))];
    const quietMs = watch.toMs - quietFromMs(watch, fired);
    const finding = {
      evidence:
        begun[0] === undefined
          ? `no alert fired in ${formatDuration(quietMs)}, of ` +
            `${formatNumberOf(watch.rulesEvaluated, "rule")} that could have`
          : `${spanInWords(begun[0])}${names.length === 1 ? "" : `, and ${names.length - 1} more alerts`}`,
      measurements: [
        {
          name: "alerts that fired",
          value: names.length,
          unit: "",
          sampleSize: watch.rulesEvaluated,
          limit: atMost(0),
        },
        { name: "quiet time", value: quietMs, unit: "ms", sampleSize: watch.rulesEvaluated },
      ],
      witnesses: fired.map(spanInWords),
    };
    if (begun.length > 0) {
      const starved = doubtAboutSlowness(begun, objective);
      return starved === null
        ? verdict.failed(finding)
        : verdict.unknown({ ...finding, evidence: starved });
    }
    const doubt = doubtAbout(history, watch, { fired, quietMs }, objective);
    if (doubt !== null) return verdict.unknown({ ...finding, evidence: doubt });
    return verdict.passed(finding);
  },
};

/** Answers were slow, and there was next to no processor left that the stack could have used. */
function doubtAboutSlowness(
  begun: readonly FiringSpan[],
  { ofSlowness }: QuietObjective,
): string | null {
  const [first] = begun;
  const allowed = generatorValidity.idleShareForSlowMin;
  const isOfSlowness = begun.every(({ alert }) => ofSlowness.includes(alert));
  if (first === undefined || !isOfSlowness) return null;
  const idlest = Math.max(...begun.map(({ idleShare }) => idleShare ?? 1));
  if (idlest >= allowed) return null;
  return (
    `${spanInWords(first)}, and the machine's processors had been idle for ` +
    `${formatShare(idlest)} of five minutes, at least ${formatShare(allowed)} are needed to lay ` +
    `slow answers to the stack`
  );
}

/** From when on nothing fired that had begun before. */
function quietFromMs({ fromMs }: QuietWatch, fired: readonly FiringSpan[]): number {
  return fired
    .filter((span) => span.fromMs <= fromMs)
    .reduce((latest, { toMs }) => Math.max(latest, toMs), fromMs);
}

function doubtAbout(
  history: History,
  { fromMs, rulesEvaluated }: QuietWatch,
  { fired, quietMs }: { readonly fired: readonly FiringSpan[]; readonly quietMs: number },
  objective: QuietObjective,
): string | null {
  if (history.faults.length > 0) return "a fault is on record: an alert would be right";
  // Whatever began later than the watch has failed the objective before.
  const old = fired.find(({ toMs }) => toMs > fromMs + objective.earlierMsMax);
  if (old !== undefined) {
    return (
      `${old.alert} fired already when the watch began, and went on for ` +
      `${formatDuration(old.toMs - fromMs)}, allowed are ${formatDuration(objective.earlierMsMax)}`
    );
  }
  if (rulesEvaluated < objective.rulesMin) {
    return `${formatNumberOf(rulesEvaluated, "rule")} of alerts evaluated, needed ${objective.rulesMin}`;
  }
  if (quietMs < objective.quietMsMin) {
    return `${formatDuration(quietMs)} of quiet, needed ${formatDuration(objective.quietMsMin)}`;
  }
  const answered = history.operations.filter(({ outcome }) => outcome === "ok").length;
  if (answered < objective.operationsMin) {
    return `${formatNumberOf(answered, "request")} answered, needed ${objective.operationsMin}`;
  }
  return doubtAboutGenerator(history.generator) ?? doubtAboutSteadyState(history, "before");
}

function spanInWords({ alert, fromMs, toMs }: FiringSpan): string {
  return `${alert} fired for ${formatDuration(toMs - fromMs)}, from ${seconds(fromMs)} on`;
}

/** Seconds on the clock of the history, which may lie before its begin. */
function seconds(atMs: number): string {
  return `${(atMs / 1_000).toFixed(1)} s`;
}
