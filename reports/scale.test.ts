import { expect, test } from "vitest";
import { linearScale, logScale } from "./scale.ts";

test("a linear scale begins at nothing and has round ticks within its range", () => {
  const { toPixel, ticks } = linearScale(33, 100, 430);

  expect([toPixel(0), toPixel(33)]).toEqual([100, 430]);
  expect(ticks).toEqual([0, 5, 10, 15, 20, 25, 30]);
});

test.each([0.7, 1, 15.5, 120, 3_600])(
  "a range of %d has few ticks, and the last is inside",
  (max) => {
    const { ticks } = linearScale(max, 0, 100);

    expect(ticks.length).toBeGreaterThan(2);
    expect(ticks.length).toBeLessThan(12);
    expect(ticks.at(-1)).toBeLessThanOrEqual(max);
  },
);

test("an empty range is still a scale", () => {
  expect(linearScale(0, 0, 100).toPixel(0)).toBe(0);
});

test("a logarithmic scale has equal steps from decade to decade", () => {
  const { toPixel, ticks } = logScale(2, 1_200, 300, 0);

  expect(ticks).toEqual([1, 10, 100, 1_000, 10_000]);
  expect(ticks.map(toPixel)).toEqual([300, 225, 150, 75, 0]);
  expect(toPixel(0)).toBe(300);
});
