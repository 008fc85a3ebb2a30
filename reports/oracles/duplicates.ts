import { doubtAboutFaults, doubtAboutRecovery, verdictsOf } from "../assumptions.ts";
import { formatCount } from "../format.ts";
import { phaseOf } from "../phases.ts";
import type { History } from "../records.ts";
import type { DuplicateObjective } from "../slo.ts";
import { survivalMeasurements, survivalOf } from "../survival.ts";
import type { Oracle } from "./oracle.ts";

const name = "duplicates";

/**
 * Judges by the database itself that writes which were retried on another replica took effect
 * exactly once: acknowledged once means stored once, unchanged.
 *
 * A lost, doubled or changed row is a witness and fails the objective whatever else is in doubt.
 */
export const duplicates: Oracle<History, DuplicateObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const rows = history.finalRead?.rows ?? null;
    if (rows === null) {
      return verdict.unknown({
        evidence: `the final read failed: ${history.finalRead?.seen ?? "nobody read"}`,
      });
    }
    const survival = survivalOf(history.operations, rows);
    const { lost, duplicated, altered } = survival;
    const finding = {
      evidence:
        `${formatCount(survival.acknowledged)} acknowledged writes: ` +
        `${duplicated.length} duplicated, ${lost.length} lost, ${altered.length} altered, ` +
        `allowed 0; ${survival.recovered.length} unanswered ones were stored, ` +
        `${survival.absent.length} were not`,
      measurements: survivalMeasurements(survival).toSorted(
        (left, right) => Number(right.name === "duplicated") - Number(left.name === "duplicated"),
      ),
      witnesses: [...duplicated, ...lost, ...altered],
    };
    if (finding.witnesses.length > 0) return verdict.failed(finding);
    if (survival.acknowledged < objective.acknowledgedMin) {
      return verdict.unknown({
        ...finding,
        evidence:
          `${formatCount(survival.acknowledged)} writes were acknowledged, ` +
          `${objective.acknowledgedMin} are needed`,
      });
    }
    const doubt = history.generator.finished
      ? (doubtAboutFaults(history) ?? doubtAboutWrites(history) ?? doubtAboutRecovery(history))
      : "the load generator did not finish its plan";
    if (doubt !== null) return verdict.unknown({ ...finding, evidence: doubt });
    return verdict.passed(finding);
  },
};

/** What was over before the fault was never retried because of it. */
function doubtAboutWrites({ operations, faults }: History): string | null {
  const isHit = operations.some(
    (operation) => operation.idempotencyKey !== null && phaseOf(operation, faults) === "during",
  );
  return isHit ? null : "no write overlapped the fault";
}
