import { expect, test } from "vitest";
import type { Criterion } from "./criteria.ts";
import { earlier, runEvents } from "./hand-made-runs.ts";
import { trendCard } from "./summary-trend.ts";
import { decide } from "./verdict.ts";

/** What the card says of a run whose criteria all came to the same states before. */
function calmIn(earlierStates: Criterion["earlierStates"], state: Criterion["state"] = "passed") {
  const run = decide(runEvents({ extra: [{ type: "earlier-runs", earlier: earlier(18) }] }));
  const criteria = run.criteria.map((criterion) => ({ ...criterion, state, earlierStates }));
  const card = trendCard({ ...run, criteria })?.text ?? "";
  return {
    calm: Number(/; (\d+) criteri\w+ passed in each/.exec(card)?.[1]),
    all: criteria.length,
  };
}

test("a run that did not come to a criterion says nothing against it", () => {
  const { calm, all } = calmIn(["passed", "not-measured", null]);

  expect(calm).toBe(all);
  expect(all).toBeGreaterThan(0);
});

test("a criterion that failed once, was unknown once, or did not pass now is told of", () => {
  expect(calmIn(["passed", "failed", "passed"]).calm).toBe(0);
  expect(calmIn(["unknown", "passed", "passed"]).calm).toBe(0);
  expect(calmIn(["passed", "passed", "passed"], "not-measured").calm).toBe(0);
});
