import { expect, test } from "vitest";
import type { ClaimState } from "../reports/records.ts";
import { measureWhileUnknown } from "./repeat.ts";

async function endsWith(states: ClaimState[]) {
  let measured = 0;
  const measure = async () => ({ state: states[measured++] ?? "broken", error: null });
  const { state } = await measureWhileUnknown(measure, 2, () => undefined);
  return { state, measured };
}

test("an unknown measurement is repeated until something can be concluded", async () => {
  expect(await endsWith(["unknown", "passed"])).toEqual({ state: "passed", measured: 2 });
  expect(await endsWith(["unknown", "unknown", "failed"])).toEqual({
    state: "failed",
    measured: 3,
  });
});

test("repetition is bounded, and unknown stays unknown", async () => {
  expect(await endsWith(["unknown", "unknown", "unknown", "passed"])).toEqual({
    state: "unknown",
    measured: 3,
  });
});

test.each(["failed", "broken", "passed"] as const)("%s is never measured again", async (state) => {
  expect(await endsWith([state, "passed"])).toEqual({ state, measured: 1 });
});
