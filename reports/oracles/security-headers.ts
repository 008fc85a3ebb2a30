import { verdictsOf } from "../assumptions.ts";
import { firstAndMore, formatNumberOf } from "../format.ts";
import {
  flawsOfContentPolicy,
  flawsOfCookie,
  flawsOfPermissionsPolicy,
  readStrictTransport,
} from "../header-values.ts";
import { observatoryOf } from "../observatory-scan.ts";
import { atMost } from "../measure.ts";
import type { HeaderObservation, Measurement, TransportObservation } from "../records.ts";
import type { HeaderObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "security-headers";

/** Headers whose values are also read strictly, in whatever class of answer they stand. */
const strictly: Readonly<Record<string, (value: string) => readonly string[]>> = {
  "strict-transport-security": (value) => readStrictTransport(value).flaws,
  "content-security-policy": flawsOfContentPolicy,
  "permissions-policy": flawsOfPermissionsPolicy,
  "set-cookie": flawsOfCookie,
};

/** May stand more than once, with a meaning of its own each time. */
const repeatable = ["set-cookie"];

/**
 * Judges the headers of every class of answer as they came over the wire: each expected one exactly
 * once with exactly its value, none twice, none of the forbidden ones anywhere, no version in
 * `server`. Policies and cookies must also stand up to a strict reading.
 *
 * A class of answers that was not observed in a version of HTTP, or of a replica, makes the
 * objective unknown. The scores of scanners are measurements and decide nothing.
 */
export const securityHeaders: Oracle<TransportObservation, HeaderObjective> = {
  name,
  judge({ answers }, objective) {
    const verdict = verdictsOf(name, objective);
    const flaws = answers.flatMap((answer) => flawsOf(answer, objective));
    const checked = answers.reduce((sum, { answerClass }) => {
      return sum + Object.keys(objective.expected[answerClass]?.headers ?? {}).length;
    }, 0);
    const classes = new Set(answers.map(({ answerClass }) => answerClass));
    const finding = {
      evidence:
        flaws.length === 0
          ? `${formatNumberOf(answers.length, "answer")} of ` +
            `${formatNumberOf(classes.size, "class", "classes")} ` +
            `carry ${formatNumberOf(checked, "expected header")} exactly once, none is forbidden`
          : firstAndMore(flaws),
      measurements: [
        {
          name: "wrong headers",
          value: flaws.length,
          unit: "",
          sampleSize: answers.length,
          limit: atMost(0),
        },
        ...scoresOf(answers),
      ],
      witnesses: flaws,
    };
    if (flaws.length > 0) return verdict.failed(finding);
    const doubt = doubtAbout(answers, objective);
    if (doubt !== null) return verdict.unknown({ ...finding, evidence: doubt });
    return verdict.passed(finding);
  },
};

function scoresOf(answers: readonly HeaderObservation[]): readonly Measurement[] {
  return observatoryOf(answers).map(({ algorithm, score }) => ({
    name: `Observatory score, algorithm ${algorithm}`,
    value: score,
    unit: "points",
    sampleSize: 1,
  }));
}

function valuesOf({ headers }: HeaderObservation, header: string): readonly string[] {
  return headers.filter(([seen]) => seen.toLowerCase() === header).map(([, value]) => value);
}

function flawsOf(answer: HeaderObservation, objective: HeaderObjective): readonly string[] {
  if (answer.status === 0) return [];
  const where = `${answer.answerClass} (HTTP/${answer.httpVersion}, ${answer.status})`;
  const expected = objective.expected[answer.answerClass];
  const wanted = expected?.headers ?? {};
  const values = (header: string) => valuesOf(answer, header);
  return [
    ...(expected === undefined || expected.status === answer.status
      ? []
      : [`status is ${answer.status}, allowed is ${expected.status}`]),
    ...Object.entries(wanted).flatMap(([header, value]) =>
      flawOfExpected(header, value, values(header)),
    ),
    ...repeatedIn(answer, Object.keys(wanted)),
    ...[...objective.forbidden, ...(expected?.absent ?? [])]
      .filter((header) => values(header).length > 0)
      .map((header) => `${header} is forbidden and says "${values(header).join(", ")}"`),
    ...Object.entries(strictly).flatMap(([header, read]) =>
      values(header).flatMap((value) => read(value).map((flaw) => `${header}: ${flaw}`)),
    ),
    ...values("server")
      .filter((value) => /\d/.test(value))
      .map((value) => `server tells a version: "${value}"`),
  ].map((what) => `${where}: ${what}`);
}

/** Headers beside the expected ones that stand more than once. */
function repeatedIn(answer: HeaderObservation, wanted: readonly string[]): readonly string[] {
  const names = answer.headers.map(([header]) => header.toLowerCase());
  const repeated = names.filter((header, index) => names.indexOf(header) < index);
  return [...new Set(repeated)]
    .filter((header) => !wanted.includes(header) && !repeatable.includes(header))
    .map((header) => `${header} stands ${valuesOf(answer, header).length} times, allowed is once`);
}

function flawOfExpected(header: string, value: string, seen: readonly string[]): readonly string[] {
  if (seen.length === 0) return [`${header} is missing, allowed is "${value}"`];
  if (seen.length > 1) return [`${header} stands ${seen.length} times, allowed is once`];
  if (seen[0] !== value) return [`${header} is "${seen[0]}", allowed is "${value}"`];
  return [];
}

function doubtAbout(
  answers: readonly HeaderObservation[],
  { expected, replicas }: HeaderObjective,
): string | null {
  const silent = answers.find(({ status }) => status === 0);
  if (silent !== undefined) {
    return `${silent.answerClass} (HTTP/${silent.httpVersion}): ${silent.body ?? "no answer"}`;
  }
  for (const [answerClass, { httpVersions, byReplica }] of Object.entries(expected)) {
    for (const httpVersion of httpVersions) {
      const seen = answers.filter(
        (answer) => answer.answerClass === answerClass && answer.httpVersion === httpVersion,
      );
      if (seen.length === 0) {
        return `no answer of the class "${answerClass}" was seen in HTTP/${httpVersion}`;
      }
      const heard = new Set(seen.flatMap((answer) => valuesOf(answer, "x-replica-id")));
      if (byReplica && heard.size < replicas) {
        return (
          `${formatNumberOf(heard.size, "replica")} answered with "${answerClass}" in ` +
          `HTTP/${httpVersion}, allowed are ${replicas}`
        );
      }
    }
  }
  return null;
}
