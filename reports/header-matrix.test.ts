import { expect, test } from "vitest";
import { gradesCard } from "./grades-card.ts";
import { rightAnswers, transport } from "./hand-made.ts";
import { headerMatrix, headerMatrixPage } from "./header-matrix.ts";
import type { HeaderObservation, JudgedRecord } from "./records.ts";
import type { RunRecord } from "./run-record.ts";
import { slo } from "./slo.ts";

const right = rightAnswers(slo.securityHeaders);

function bent(change: (answer: HeaderObservation) => HeaderObservation) {
  return headerMatrix(right.map(change)).text;
}

test("a right site has one row per class and no cross", () => {
  const { text } = headerMatrix(right);

  expect(text.match(/<th scope="row">/g)).toHaveLength(30);
  expect(text).toContain("<td>200</td>\n<td>1.1, 2</td><td>6</td>");
  expect(text).toContain('<td class="good soft">absent</td>');
  expect(text).not.toContain("✕");
  expect(text).toContain("algorithm 6: <b>155 A+</b>");
  expect(Buffer.byteLength(text)).toBeLessThan(25_000);
});

test("one wrong answer among many is a cross that tells what was seen", () => {
  const without = bent((answer) =>
    answer.answerClass === "trace" && answer.httpVersion === "2"
      ? { ...answer, headers: answer.headers.filter(([name]) => name !== "x-frame-options") }
      : answer,
  );
  const twice = bent((answer) =>
    answer.answerClass === "redirect"
      ? {
          ...answer,
          status: 301,
          headers: [...answer.headers, ["strict-transport-security", "<max-age=1>"] as const],
        }
      : answer,
  );

  expect(without.match(/✕/g)).toHaveLength(1);
  expect(without).toContain("</span> HTTP/2: missing</td>");
  expect(twice.match(/✕/g)).toHaveLength(2);
  expect(twice).toContain("</span> HTTP/1.1: &lt;max-age=1&gt;</td>");
  expect(twice).toContain('<td>301 <span class="cross">');
});

test("the page of its own asks for nothing", () => {
  const page = headerMatrixPage(right);

  expect(page).toContain("<!doctype html>");
  expect(page).not.toMatch(/<script|<link|\bsrc=/);
});

function recordOf(...judged: readonly JudgedRecord[]): RunRecord {
  const records = judged.map((record, index) => ({
    path: `records/tls-${index}.json`,
    claim: "tls/x",
    objectives: [],
    record,
    problem: null,
  }));
  return { records } as unknown as RunRecord;
}

test("grades stand on a card of their own, and what is not on record is told", () => {
  const headers = { kind: "transport", seen: transport() } as const;
  const versions = {
    kind: "facts",
    seen: { subjects: [{ name: "x", group: "versions", facts: {} }] },
  } as const;

  expect(gradesCard(recordOf())).toBeNull();
  expect(gradesCard(recordOf(headers))?.text).toContain("algorithm 5</dt><dd>135 A+</dd>");
  expect(gradesCard(recordOf(headers))?.text).not.toContain("TLSRef");
  expect(gradesCard(recordOf(versions))?.text).toContain(
    "<dt>TLSRef 6.0, profile intermediate</dt><dd>unknown, not on record: SSL 2",
  );
});
