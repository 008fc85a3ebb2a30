import { expect, test } from "vitest";
import { killMatrixLines, killMatrixPage, scoreInWords } from "./kill-matrix.ts";
import { countMutants } from "./mutant-score.ts";
import type { MutantResult } from "./mutant-score.ts";

function result(id: string, claim: string, state: MutantResult["state"]): MutantResult {
  const words = { title: `${id} <is> broken`, area: "gateway", objective: "X.y", seen: "1 & 2" };
  return { id, claim, state, ...words, claimState: null, durationMs: 7_000, run: "r" };
}

const results = [
  result("one", "tls/redirect", "caught"),
  result("second", "load/balance", "missed"),
  result("third", "tls/redirect", "not caught"),
];
const score = {
  planned: ["one", "second", "third", "fourth"],
  results,
  counts: countMutants(results),
  durationMs: 90_000,
};

test("the matrix has a row for each mutant, a column for each claim, and a sign where they met", () => {
  expect(killMatrixLines(score)).toEqual([
    "        1 2",
    "one     · ✔",
    "second  ✘ ·",
    "third   · ?",
    "",
    "✔ caught  ✘ missed  ? not caught  · not tried",
    "1  load/balance: 0 of 1",
    "2  tls/redirect: 1 of 2",
  ]);
});

test("the score counts what was not tried, and never rounds up to all", () => {
  expect(scoreInWords(score)).toBe(
    "1 of 4 caught (25 %), 1 missed, 1 not caught, 1 not tried; 1 min 30 s",
  );
  const counts = { caught: 199, missed: 1, "not caught": 0 };
  const planned = Array.from({ length: 200 }, (_, index) => `${index}`);
  expect(scoreInWords({ planned, counts, durationMs: 1_000 })).toMatch(
    /199 of 200 caught \(99 %\)/,
  );
});

test("the page shows the same, with what was seen, and escapes it", () => {
  const page = killMatrixPage(score);
  expect(page).toContain("one &lt;is&gt; broken");
  expect(page).toContain("1 &amp; 2");
  expect(page.match(/class="cell good"/g)).toHaveLength(1);
  expect(page.match(/class="cell wrong"/g)).toHaveLength(2);
});
