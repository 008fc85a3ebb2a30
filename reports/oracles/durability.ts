import { doubtAboutFaults, doubtAboutRecovery, verdictsOf, type Finding } from "../assumptions.ts";
import { formatCount } from "../format.ts";
import { labelsOf } from "../phases.ts";
import type { History, Measurement, Operation } from "../records.ts";
import type { DurabilityObjective } from "../slo.ts";
import {
  acknowledgedBefore,
  survivalMeasurements,
  survivalOf,
  type Survival,
} from "../survival.ts";
import type { Oracle } from "./oracle.ts";

const name = "durability";
/** The window in which a database that acknowledges before it syncs would lose its writes. */
const justBeforeMs = 50;

/**
 * Judges by the database itself that what was acknowledged survived a fault: nothing lost, doubled,
 * altered, and nothing there that nobody wrote.
 *
 * A lost, doubled or altered row is a witness and fails the objective whatever else is in doubt. A
 * phantom is one only where the generator finished, because an unrecorded write looks like one. Where
 * nothing can be read, because the database refuses to start and its own log says why, all is lost.
 */
export const durability: Oracle<History, DurabilityObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const rows = history.finalRead?.rows ?? null;
    const loss = rows === null ? lossOfAll(history) : null;
    if (loss !== null) return verdict.failed(loss);
    if (rows === null) {
      return verdict.unknown({
        evidence: `the final read failed: ${history.finalRead?.seen ?? "nobody read"}`,
      });
    }
    const survival = survivalOf(history.operations, rows);
    const { lost, duplicated, altered, phantom } = survival;
    const finding = {
      evidence:
        `${formatCount(survival.acknowledged)} acknowledged writes: ${lost.length} lost, ` +
        `${duplicated.length} duplicated, ${altered.length} altered, ${phantom.length} phantom, ` +
        `allowed 0; ${survival.recovered.length} unanswered ones were stored, ` +
        `${survival.absent.length} were not; ` +
        `${justBefore(history)} were acknowledged in the last ${justBeforeMs} ms before the fault`,
      measurements: [...survivalMeasurements(survival), ...recoveryMeasurements(history, survival)],
      witnesses: [...lost, ...duplicated, ...altered, ...phantom],
    };
    if (lost.length + duplicated.length + altered.length > 0) return verdict.failed(finding);
    if (phantom.length > 0 && history.generator.finished) return verdict.failed(finding);
    const doubt = doubtAbout(history, survival, objective);
    if (doubt !== null) return verdict.unknown({ ...finding, evidence: doubt });
    return verdict.passed(finding);
  },
};

function acknowledgedOf(operations: readonly Operation[]): readonly Operation[] {
  return operations.filter(
    ({ idempotencyKey, outcome }) => idempotencyKey !== null && outcome === "ok",
  );
}

/** A database that says itself why it will not start after a proved fault has lost all it had. */
function lossOfAll(history: History): Finding | null {
  const { faults, operations } = history;
  const acknowledged = acknowledgedOf(operations);
  const refused = faults.find(({ refusal }) => typeof refusal === "string");
  if (refused === undefined || acknowledged.length === 0) return null;
  if (doubtAboutFaults(history) !== null) return null;
  return {
    evidence:
      `${formatCount(acknowledged.length)} acknowledged writes, and nobody can read them: after ` +
      `"${refused.name}" ${refused.target} refuses to start and says "${refused.refusal}"`,
    witnesses: acknowledged.map(({ idempotencyKey }) => idempotencyKey ?? ""),
  };
}

function doubtAbout(
  history: History,
  survival: Survival,
  objective: DurabilityObjective,
): string | null {
  if (!history.generator.finished) return "the writers did not finish their plan";
  if (survival.acknowledged < objective.acknowledgedMin) {
    return (
      `${formatCount(survival.acknowledged)} writes were acknowledged, ` +
      `${objective.acknowledgedMin} are needed`
    );
  }
  const doubt = doubtAboutFaults(history);
  if (doubt !== null) return doubt;
  const late = justBefore(history);
  if (late < objective.acknowledgedJustBeforeMin) {
    return (
      `${late} writes were acknowledged in the last ${justBeforeMs} ms before the fault, ` +
      `${objective.acknowledgedJustBeforeMin} are needed: an idle database loses nothing`
    );
  }
  return doubtAboutRecovery(history);
}

/**
 * The trigger's own count where there is one; with several faults the worst of them. Beside a fault
 * that acknowledgements triggered, one that had no such trigger need not find any.
 */
function justBefore({ faults, operations }: History): number {
  const triggered = faults.flatMap(({ acknowledgedJustBefore }) => acknowledgedJustBefore ?? []);
  const counts =
    triggered.length > 0
      ? triggered
      : faults.map(({ injectedAtMs }) =>
          acknowledgedBefore(operations, injectedAtMs, justBeforeMs),
        );
  return counts.length === 0 ? 0 : Math.min(...counts);
}

/** How long until the next acknowledged write, and how old the oldest loss was. */
function recoveryMeasurements(history: History, { lost }: Survival): readonly Measurement[] {
  const acknowledged = acknowledgedOf(history.operations);
  const labels = labelsOf(history.faults.map(({ target }) => target));
  const recoveries = history.faults.flatMap(({ injectedAtMs, effectiveAtMs }, index) => {
    const biteMs = effectiveAtMs ?? injectedAtMs;
    const next = Math.min(
      ...acknowledged
        .filter(({ sentAtMs }) => (sentAtMs ?? 0) > biteMs)
        .map(({ endedAtMs }) => endedAtMs),
    );
    if (!Number.isFinite(next)) return [];
    return [
      {
        name: `first acknowledged write after the fault on ${labels[index]}`,
        value: next - injectedAtMs,
        unit: "ms",
        sampleSize: 1,
      },
    ];
  });
  return [...recoveries, ...lossMeasurements(history, acknowledged, new Set(lost))];
}

/** A loss belongs to the next fault after its acknowledgement. */
function lossMeasurements(
  { faults }: History,
  acknowledged: readonly Operation[],
  lost: ReadonlySet<string>,
): readonly Measurement[] {
  const agesMs = acknowledged
    .filter(({ idempotencyKey }) => lost.has(idempotencyKey ?? ""))
    .map(({ endedAtMs }) =>
      Math.min(
        ...faults
          .filter(({ injectedAtMs }) => injectedAtMs >= endedAtMs)
          .map(({ injectedAtMs }) => injectedAtMs - endedAtMs),
      ),
    )
    .filter((ageMs) => Number.isFinite(ageMs));
  if (agesMs.length === 0) return [];
  return [
    {
      name: "oldest lost acknowledgement before the fault",
      value: Math.max(...agesMs),
      unit: "ms",
      sampleSize: agesMs.length,
    },
  ];
}
