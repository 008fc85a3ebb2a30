import { doubtAboutFaults, doubtAboutGenerator, verdictsOf } from "../assumptions.ts";
import { formatDuration, formatShare } from "../format.ts";
import { lastEndMs } from "../phases.ts";
import { atLeast, atMost } from "../measure.ts";
import type { FaultWindow, History, Operation } from "../records.ts";
import type { RotationObjective } from "../slo.ts";
import { findFairWindow } from "../windows.ts";
import type { Oracle } from "./oracle.ts";

const name = "rotation";

interface Return {
  /** The first answer of the returned replica, not the begin of the window that contains it. */
  readonly afterHealedMs: number;
  readonly share: number;
  readonly answers: number;
}

/**
 * Judges whether a replica that was away serves its share again (capacity recovery): within the
 * allowed time after it was seen healthy there must be a window in which the returned replica, and
 * every other one, has at least the given part of a fair share.
 */
export const rotation: Oracle<History, RotationObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const answered = history.operations.filter(
      ({ outcome, replica }) => outcome === "ok" && replica !== null,
    );
    if (answered.length === 0) {
      return verdict.unknown({ evidence: "no answer names the replica that gave it" });
    }
    const doubt = doubtAboutGenerator(history.generator) ?? doubtAboutFaults(history);
    if (doubt !== null) return verdict.unknown({ evidence: doubt });

    const measurements = [];
    for (const fault of history.faults) {
      const unseen = doubtAboutVictim(fault, answered, history, objective);
      if (unseen !== null) return verdict.unknown({ evidence: unseen });
      const found = findReturn(fault, answered, objective);
      if (found === null) {
        return verdict.failed({
          evidence:
            `${fault.target} had no window of ${formatDuration(objective.windowMs)} with ` +
            `${formatShare(objective.fairShareMin / objective.replicas, 1)} or more for each of ` +
            `${objective.replicas} replicas within ${formatDuration(objective.afterHealedMsMax)} ` +
            `of being healthy; ${shareAfterwards(fault, answered)}`,
          witnesses: [fault.target],
        });
      }
      measurements.push(
        {
          name: `${fault.target} back in rotation after being healthy`,
          value: found.afterHealedMs,
          unit: "ms",
          sampleSize: found.answers,
          limit: atMost(objective.afterHealedMsMax),
        },
        {
          name: `share of ${fault.target} after its return`,
          value: found.share,
          unit: "share",
          sampleSize: found.answers,
          limit: atLeast(objective.fairShareMin / objective.replicas),
        },
      );
    }
    return verdict.passed({
      evidence: measurements
        .map(
          ({ name: title, value, unit }) =>
            `${title} ${unit === "ms" ? formatDuration(value) : formatShare(value)}`,
        )
        .join(", ")
        .concat(`; allowed ${formatDuration(objective.afterHealedMsMax)}`),
      measurements,
    });
  },
};

function doubtAboutVictim(
  fault: FaultWindow,
  answered: readonly Operation[],
  history: History,
  objective: RotationObjective,
): string | null {
  if (fault.replica === null) return `${fault.target} is not known by the name in its answers`;
  if (fault.healedAtMs === null) return `${fault.target} was not seen healthy again`;
  const served = answered.some(
    ({ replica, endedAtMs }) => replica === fault.replica && endedAtMs < fault.injectedAtMs,
  );
  if (!served) return `${fault.target} served nothing before the fault, so nothing can return`;
  const seenMs = lastEndMs(history.operations) - fault.healedAtMs;
  const found = findReturn(fault, answered, objective);
  if (found === null && seenMs < objective.afterHealedMsMax) {
    return (
      `traffic ended ${formatDuration(seenMs)} after ${fault.target} was healthy, ` +
      `${formatDuration(objective.afterHealedMsMax)} are needed to say that it stayed away`
    );
  }
  return null;
}

/** The first window after healing in which all replicas do their part, the returned one too. */
function findReturn(
  fault: FaultWindow,
  answered: readonly Operation[],
  objective: RotationObjective,
): Return | null {
  const { healedAtMs, replica: victim } = fault;
  if (healedAtMs === null || victim === null) return null;
  const untilMs = healedAtMs + objective.afterHealedMsMax;
  const inTime = answered.filter(({ endedAtMs }) => endedAtMs <= untilMs);
  const found = findFairWindow(inTime, healedAtMs, objective, victim);
  const own = found?.parts.get(victim);
  if (found === null || own === undefined) return null;
  return {
    afterHealedMs: own.firstAnswerAtMs - healedAtMs,
    share: own.share,
    answers: found.answers,
  };
}

function shareAfterwards(fault: FaultWindow, answered: readonly Operation[]): string {
  const healedAtMs = fault.healedAtMs ?? Number.POSITIVE_INFINITY;
  const later = answered.filter(({ endedAtMs }) => endedAtMs >= healedAtMs);
  const own = later.filter(({ replica }) => replica === fault.replica).length;
  return `it gave ${own} of ${later.length} answers since`;
}
