import { expect, test } from "vitest";
import { refreshDelayMs, refreshIntervalMsMax } from "./refresh-delay.ts";

test.each([
  [0, 5_000],
  [1, 10_000],
  [2, 20_000],
  [3, 40_000],
  [4, 60_000],
  [2_000, 60_000],
])("after %i failures in a row the pause is around %i ms", (failures, expectedMs) => {
  expect(refreshDelayMs(failures, 0.5)).toBe(expectedMs);
});

test("the pause deviates by a tenth to either side", () => {
  expect(refreshDelayMs(0, 0)).toBe(4_500);
  expect(refreshDelayMs(0, 1)).toBe(5_500);
  expect(refreshDelayMs(9, 1)).toBe(refreshIntervalMsMax * 1.1);
});
