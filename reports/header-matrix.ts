import { markup, type Markup } from "./markup.ts";
import { observatoryOf } from "./observatory-scan.ts";
import { plainPage } from "./plain-page.ts";
import type { HeaderObservation } from "./records.ts";
import { slo } from "./slo.ts";
import type { HeaderObjective } from "./slo.ts";
import { shorten } from "./summary-criteria.ts";

const objective: HeaderObjective = {
  ...slo.securityHeaders,
  expected: { ...slo.headersWithoutReplicas.expected, ...slo.securityHeaders.expected },
};

/** Which of the answers of one class are wrong about one header, and how; none where all is right. */
function wrongAbout(header: string, answers: readonly HeaderObservation[]): readonly string[] {
  const wrong = answers.flatMap(({ answerClass, httpVersion, headers }) => {
    const expected = objective.expected[answerClass];
    const wanted = expected?.headers[header];
    const seen = headers.filter(([name]) => name === header).map(([, value]) => value);
    const isRight = wanted === undefined ? seen.length === 0 : seen.join(" | ") === wanted;
    const words = seen.length === 0 ? "missing" : seen.join(" | ");
    return isRight ? [] : [`HTTP/${httpVersion}: ${words}`];
  });
  return [...new Set(wrong)];
}

function cellOf(header: string, answers: readonly HeaderObservation[]): Markup {
  const [answer] = answers;
  const expected = objective.expected[answer?.answerClass ?? ""];
  const isAbsent = expected?.absent.includes(header) === true;
  if (!isAbsent && expected?.headers[header] === undefined) {
    return markup`<td class="soft">–</td>`;
  }
  const wrong = wrongAbout(header, answers);
  if (wrong.length > 0) {
    return markup`<td class="wrong"><span class="cross">✕</span> ${shorten(wrong.join("; "))}</td>`;
  }
  return isAbsent
    ? markup`<td class="good soft">absent</td>`
    : markup`<td class="good"><span class="tick">✓</span></td>`;
}

function rowOf(answerClass: string, answers: readonly HeaderObservation[]): Markup {
  const one = <Value>(of: (answer: HeaderObservation) => Value) => [...new Set(answers.map(of))];
  const expected = objective.expected[answerClass];
  const statuses = one(({ status }) => status);
  const isRight = expected === undefined || statuses.every((status) => status === expected.status);
  const names = Object.keys(objective.expected["html"]?.headers ?? {});
  return markup`<tr><th scope="row">${answerClass}</th>
<td>${statuses.join(", ")}${isRight ? null : markup` <span class="cross">✕</span>`}</td>
<td>${one(({ httpVersion }) => httpVersion).join(", ")}</td><td>${answers.length}</td>
${names.map((header) => cellOf(header, answers))}</tr>`;
}

/**
 * One row per class of answer and one column per header, over all versions of HTTP and replicas; a
 * cell with a cross tells what was seen instead.
 */
export function headerMatrix(answers: readonly HeaderObservation[]): Markup {
  const classes = [...new Set(answers.map(({ answerClass }) => answerClass))];
  const names = Object.keys(objective.expected["html"]?.headers ?? {});
  const rows = classes.map((answerClass) =>
    rowOf(
      answerClass,
      answers.filter((answer) => answer.answerClass === answerClass),
    ),
  );
  return markup`<h4>Headers of every class of answer</h4>${scores(answers)}
<div class="scroll"><table class="small tight matrix"><thead><tr>
<th>Answer</th><th>Status</th><th>HTTP</th><th>Seen</th>${names.map((header) => markup`<th class="name"><span>${header}</span></th>`)}
</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function scores(answers: readonly HeaderObservation[]): Markup | null {
  const seen = observatoryOf(answers);
  if (seen.length === 0) return null;
  const words = seen.map(({ algorithm, score, grade, results }) => {
    const parts = results.filter(({ modifier }) => modifier !== 0);
    const sum = parts.map(({ test, modifier }) => `${test} ${modifier > 0 ? "+" : ""}${modifier}`);
    return markup`<p class="small soft">Observatory, algorithm ${algorithm}: <b>${score} ${grade}</b>
from 100 (${sum.join(", ")}); ${results.length} tests, reported and not a limit</p>`;
  });
  return markup`${words}`;
}

/** The matrix as a page of its own. */
export function headerMatrixPage(answers: readonly HeaderObservation[]): string {
  return plainPage("Headers of every class of answer", headerMatrix(answers));
}
