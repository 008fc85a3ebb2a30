import { expect, test } from "vitest";
import { atLeast, atMost, badCount, isWithinLimit, marginOf, rangeOf } from "./measure.ts";

test("none bad of 3,000 bounds the true share near 3/n, and not at zero", () => {
  const { spread, limit } = badCount("failed", 0, 3_000);

  expect(limit).toEqual({ rule: "at most", value: 0 });
  expect(spread?.low).toBe(0);
  expect(spread?.high).toBeCloseTo(3 / 3_000, 5);
});

test("what was never tried has no spread", () => {
  expect(badCount("failed", 0, 0)).not.toHaveProperty("spread");
});

test("a margin is negative on the wrong side of either kind of limit", () => {
  expect(marginOf(8, atMost(10))).toBe(2);
  expect(marginOf(12, atMost(10))).toBe(-2);
  expect(marginOf(99, atLeast(100))).toBe(-1);
  expect(marginOf(110, atLeast(100))).toBe(10);
});

test("the limit itself is within, except where a number has to be below it", () => {
  expect(isWithinLimit(10, atMost(10))).toBe(true);
  expect(isWithinLimit(10, atLeast(10))).toBe(true);
  expect(isWithinLimit(10, { rule: "below", value: 10 })).toBe(false);
  expect(isWithinLimit(9.9, atLeast(10))).toBe(false);
  expect(isWithinLimit(10.1, atMost(10))).toBe(false);
});

test("one value has no range", () => {
  expect(rangeOf([4], "ms", "of all faults")).toEqual({});
  expect(rangeOf([4, 2, 9], "ms", "of all faults")).toEqual({
    spread: { low: 2, high: 9, unit: "ms", meaning: "of all faults" },
  });
});
