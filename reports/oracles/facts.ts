import { verdictsOf } from "../assumptions.ts";
import { firstAndMore, formatCount, formatNumberOf } from "../format.ts";
import { atLeast, atMost } from "../measure.ts";
import type { FactsObservation, NumberLimit, Subject } from "../records.ts";
import type { FactLimit, FactsObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "facts";

/**
 * Judges facts that were read of things: each one that the objective names, for every subject, by a
 * pattern of the whole text, or by a number that it must stay below or must reach.
 *
 * A wrong fact, or a subject that nobody expected, is a witness and fails the objective. Too few
 * subjects of a group, a fact that could not be read, and a wrong fact of a control, which says
 * that the probe itself cannot be trusted, are unknown.
 */
export const facts: Oracle<FactsObservation, FactsObjective> = {
  name,
  judge({ subjects }, objective) {
    const verdict = verdictsOf(name, objective);
    const isControl = ({ group }: Subject) => objective.groups[group]?.isControl === true;
    const flawsOfAll = (some: readonly Subject[]) =>
      some.flatMap((subject) => flawsOf(subject, objective));
    const flaws = flawsOfAll(subjects.filter((subject) => !isControl(subject)));
    const [blindness] = flawsOfAll(subjects.filter(isControl));
    const checked = subjects.reduce(
      (sum, { group }) => sum + Object.keys(objective.groups[group]?.facts ?? {}).length,
      0,
    );
    const finding = {
      evidence:
        flaws.length === 0
          ? `${formatNumberOf(checked, "fact")} of ${formatNumberOf(subjects.length, "subject")} ` +
            "are as promised"
          : firstAndMore(flaws),
      measurements: [
        ...numbersOf(subjects, objective),
        { name: "facts judged", value: checked, unit: "", sampleSize: subjects.length },
        {
          name: "wrong facts",
          value: flaws.length,
          unit: "",
          sampleSize: checked,
          limit: atMost(0),
        },
      ],
      witnesses: flaws,
    };
    if (flaws.length > 0) return verdict.failed(finding);
    const doubt =
      blindness === undefined
        ? doubtAbout(subjects, objective)
        : `the probe is blind: ${blindness}`;
    if (doubt !== null) return verdict.unknown({ ...finding, evidence: doubt });
    return verdict.passed(finding);
  },
};

function flawsOf({ name, group, facts }: Subject, { groups }: FactsObjective): readonly string[] {
  const expected = groups[group];
  if (expected === undefined) {
    return [`${name} is of the kind "${group}", allowed is ${Object.keys(groups).join(", ")}`];
  }
  return Object.entries(expected.facts).flatMap(([fact, limit]) => {
    const seen = facts[fact];
    if (seen === undefined || isAsAllowed(seen, limit)) return [];
    return [`${name}: ${fact} is "${seen}", allowed is ${allowedInWords(limit)}`];
  });
}

/** Whether what was read of something is what may be read of it. */
export function isAsAllowed(seen: string, limit: FactLimit): boolean {
  if (typeof limit === "string") return new RegExp(`^(?:${limit})$`).test(seen);
  if (!/^\d+$/.test(seen)) return false;
  return typeof limit === "number" ? Number(seen) < limit : Number(seen) >= limit.atLeast;
}

export function allowedInWords(limit: FactLimit): string {
  if (typeof limit === "string") return limit;
  return typeof limit === "number"
    ? `less than ${formatCount(limit)}`
    : `${formatCount(limit.atLeast)} or more`;
}

function doubtAbout(subjects: readonly Subject[], { groups }: FactsObjective): string | null {
  for (const [group, { subjectsMin, facts }] of Object.entries(groups)) {
    const seen = subjects.filter((subject) => subject.group === group);
    if (seen.length < subjectsMin) {
      return `${formatCount(seen.length)} of "${group}" seen, allowed are ${subjectsMin} or more`;
    }
    for (const subject of seen) {
      const unread = Object.keys(facts).filter((fact) => subject.facts[fact] === undefined);
      if (unread.length === 0) continue;
      const why = subject.facts["unanswered"];
      const reason = why === undefined ? "" : `, because ${why}`;
      return `${subject.name}: ${unread.join(", ")} could not be read${reason}`;
    }
  }
  return null;
}

/** A fact that is a number has the name of its unit. */
function numbersOf(subjects: readonly Subject[], { groups }: FactsObjective) {
  return subjects.flatMap(({ name, group, facts }) =>
    Object.entries(groups[group]?.facts ?? {}).flatMap(([fact, limit]) => {
      const value = Number(facts[fact]);
      if (typeof limit === "string" || !Number.isFinite(value)) return [];
      const held: NumberLimit =
        typeof limit === "number" ? { rule: "below", value: limit } : atLeast(limit.atLeast);
      return [{ name: `${group} of ${name}`, value, unit: fact, sampleSize: 1, limit: held }];
    }),
  );
}
