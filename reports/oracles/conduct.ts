import { doubtAboutFaults } from "../assumptions.ts";
import type { History } from "../records.ts";
import type { FactsObjective } from "../slo.ts";
import { facts } from "./facts.ts";
import type { Oracle } from "./oracle.ts";

const name = "conduct";

/**
 * Judges how the target of a fault conducted itself, by facts that were read while the fault was in
 * effect: what it promised to do then, which is no proof that the fault took place.
 *
 * A wrong fact is a witness and fails the objective, because nobody reads facts of a target before
 * the fault is proved. Everything else is unknown as soon as a fault is in doubt.
 */
export const conduct: Oracle<History, FactsObjective> = {
  name,
  judge(history, objective) {
    const subjects = history.faults.flatMap(({ observed }) => observed ?? []);
    const verdict = { ...facts.judge({ subjects }, objective), oracle: name };
    if (verdict.status !== "passed") return verdict;
    const doubt = doubtAboutFaults(history);
    return doubt === null ? verdict : { ...verdict, status: "unknown", evidence: doubt };
  },
};
