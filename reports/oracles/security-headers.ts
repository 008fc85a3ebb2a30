import { verdictsOf } from "../assumptions.ts";
import { formatNumberOf } from "../format.ts";
import type { HeaderObservation, TransportObservation } from "../records.ts";
import type { HeaderObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "security-headers";

interface Flaw {
  readonly where: string;
  readonly what: string;
}

/**
 * Judges the headers of every class of answer as they came over the wire: each expected one exactly
 * once with exactly its value, none of the forbidden ones anywhere, no version in `server`.
 *
 * A class of answers that was not observed makes the objective unknown.
 */
export const securityHeaders: Oracle<TransportObservation, HeaderObjective> = {
  name,
  judge({ answers }, objective) {
    const verdict = verdictsOf(name, objective);
    const flaws = answers.flatMap((answer) => flawsOf(answer, objective));
    const checked = Object.values(objective.expected).reduce(
      (sum, headers) => sum + Object.keys(headers).length,
      0,
    );
    const [first] = flaws;
    const finding = {
      evidence:
        first === undefined
          ? `${formatNumberOf(answers.length, "answer")} of ` +
            `${formatNumberOf(Object.keys(objective.expected).length, "class", "classes")} ` +
            `carry ${formatNumberOf(checked, "expected header")} exactly once, none is forbidden`
          : `${first.where}: ${first.what}` +
            (flaws.length === 1 ? "" : `, and ${flaws.length - 1} more`),
      measurements: [
        { name: "wrong headers", value: flaws.length, unit: "", sampleSize: answers.length },
      ],
      witnesses: flaws.map(({ where, what }) => `${where}: ${what}`),
    };
    if (flaws.length > 0) return verdict.failed(finding);
    const unseen = Object.keys(objective.expected).filter(
      (answerClass) => !answers.some((answer) => answer.answerClass === answerClass),
    );
    if (unseen.length > 0) {
      return verdict.unknown({
        ...finding,
        evidence: `no answer of the class ${unseen.map((each) => `"${each}"`).join(", ")} was seen`,
      });
    }
    return verdict.passed(finding);
  },
};

function flawsOf(answer: HeaderObservation, objective: HeaderObjective): readonly Flaw[] {
  const where = `${answer.answerClass} (${answer.status})`;
  const valuesOf = (header: string) =>
    answer.headers.filter(([seen]) => seen.toLowerCase() === header).map(([, value]) => value);
  const expected = Object.entries(objective.expected[answer.answerClass] ?? {});
  return [
    ...expected.flatMap(([header, value]) => flawOfExpected(header, value, valuesOf(header))),
    ...objective.forbidden
      .filter((header) => valuesOf(header).length > 0)
      .map((header) => `${header} is forbidden and says "${valuesOf(header).join(", ")}"`),
    ...valuesOf("server")
      .filter((value) => /\d/.test(value))
      .map((value) => `server tells a version: "${value}"`),
  ].map((what) => ({ where, what }));
}

function flawOfExpected(header: string, value: string, seen: readonly string[]): readonly string[] {
  if (seen.length === 0) return [`${header} is missing, allowed is "${value}"`];
  if (seen.length > 1) return [`${header} stands ${seen.length} times, allowed is once`];
  if (seen[0] !== value) return [`${header} is "${seen[0]}", allowed is "${value}"`];
  return [];
}
