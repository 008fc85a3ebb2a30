import { expect, test } from "vitest";
import { deltasOf, type Baseline, type EarlierCriterion } from "./earlier-runs.ts";
import { baselineRules } from "./slo.ts";

const steady: Baseline = { median: 100, low: 90, high: 110, runs: baselineRules.runsMin };

function deltaOf(value: number, unit = "ms", baseline: Partial<Baseline> = {}) {
  const earlier: EarlierCriterion = {
    states: [],
    values: [],
    baselines: { it: { ...steady, ...baseline } },
  };
  return deltasOf([{ name: "it", value, unit, sampleSize: 9 }], earlier);
}

test("a change is told as a share of the median", () => {
  expect(deltaOf(115)).toMatchObject([{ changeShare: 0.15, median: 100, runs: 3, warning: null }]);
  expect(deltaOf(80)).toMatchObject([{ changeShare: -0.2, warning: null }]);
  expect(deltaOf(5, "ms", { median: 0 })).toMatchObject([{ changeShare: null }]);
});

test("a time warns when it is more than twice the longest of those before", () => {
  expect(deltaOf(221)[0]?.warning).toBe(
    "more than 100 % worse than in the worst of the last 3 passed runs (110 ms)",
  );
  expect(deltaOf(220)[0]?.warning).toBeNull();
});

test("a time that varies from run to run warns of nothing by its median alone", () => {
  const varying = { median: 1_744, low: 23, high: 3_854 };

  expect(deltaOf(4_082, "ms", varying)[0]?.warning).toBeNull();
});

test("a doubled time that is still short does not warn", () => {
  expect(deltaOf(30, "ms", { median: 10, low: 9, high: 11 })[0]?.warning).toBeNull();
});

test("fewer runs than needed show a change and warn of none", () => {
  expect(deltaOf(900, "ms", { runs: baselineRules.runsMin - 1 })).toMatchObject([
    { changeShare: 8, warning: null },
  ]);
});

test("a rate warns when it falls, and a size when it grows", () => {
  expect(deltaOf(71, "per second")[0]?.warning).toMatch(/more than 20 %/);
  expect(deltaOf(73, "per second")[0]?.warning).toBeNull();
  expect(deltaOf(300, "per second")[0]?.warning).toBeNull();
  expect(deltaOf(122, "bytes")[0]?.warning).toMatch(/more than 10 %/);
  expect(deltaOf(50, "bytes")[0]?.warning).toBeNull();
});

test("what has no past, or no unit that can be compared, has no change", () => {
  expect(deltasOf([{ name: "it", value: 1, unit: "ms", sampleSize: 9 }], undefined)).toEqual([]);
  expect(deltaOf(3, "")).toEqual([]);
  expect(deltaOf(3, "share")).toEqual([]);
});
