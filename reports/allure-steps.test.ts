import { expect, test } from "vitest";
import { claimSteps } from "./allure-steps.ts";
import { fault, history, judgedHistory, operations } from "./hand-made.ts";
import type { JudgedRecord } from "./records.ts";

function stepsOf(record: JudgedRecord | null) {
  const path = "records/one-1.json";
  const problem = record === null ? "it is torn" : null;
  const stored = { path, claim: "load/one", objectives: [], record, problem };
  return claimSteps([stored], [], 7, 1_000);
}

test("traffic and each fault are steps, with the moments and proofs of the fault below it", () => {
  const seen = history({ operations: operations(900, 10), faults: [fault()] });

  const [traffic, kill] = stepsOf(judgedHistory(seen));

  expect(traffic).toMatchObject({
    name: expect.stringMatching(/^Traffic: hand-made: 900 requests/),
    parameters: expect.arrayContaining([{ name: "ok", value: "900" }]),
  });
  expect(kill).toMatchObject({
    name: expect.stringMatching(new RegExp(`^Fault: ${fault().name}: `)),
    status: "passed",
    start: 1_000,
    stop: 9_000,
  });
  expect(kill?.steps.map(({ name }) => name.split(" ")[0])).toEqual([
    "Injected",
    "Proved",
    "Recovery",
    "Healthy",
  ]);
  expect(kill?.steps[1]?.parameters.map(({ name }) => name)).toEqual(
    fault().proofs.map(({ observer }) => observer),
  );
});

test("a fault that nobody saw, or that never healed, is no step that passed", () => {
  const unseen = fault({ effectiveAtMs: null, healedAtMs: null });
  const [, kill] = stepsOf(
    judgedHistory(history({ operations: operations(900, 10), faults: [unseen] })),
  );

  expect(kill).toMatchObject({ status: "broken", name: expect.stringContaining("not proved") });
  expect(kill?.steps.filter(({ status }) => status === "broken").map(({ name }) => name)).toEqual([
    "Proved in effect never",
    "Healthy never",
  ]);
});

test("a record that cannot be read is a broken step with its reason", () => {
  expect(stepsOf(null)).toMatchObject([
    { status: "broken", statusDetails: { message: "it is torn" } },
  ]);
});
