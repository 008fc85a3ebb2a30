import { expect, test } from "vitest";
import { ratioOf, type TimedValue } from "./ratio.ts";
import { seededRandom } from "./statistics.ts";

const random = seededRandom(3);

/** A value every 20 ms, noisy in itself, and every second of it disturbed as a whole. */
function series(factor: number, seconds = 20): readonly TimedValue[] {
  return Array.from({ length: seconds * 50 }, (_, index) => {
    const atMs = index * 20;
    const disturbance = 1 + (Math.floor(atMs / 1_000) % 3);
    return { atMs, value: factor * disturbance * (1 + random() * 0.2) };
  });
}

test("two series that are alike have a ratio of one within a narrow interval", () => {
  const seen = ratioOf(series(1), series(1));
  expect(seen?.low).toBeLessThan(1);
  expect(seen?.high).toBeGreaterThan(1);
  expect((seen?.high ?? 9) - (seen?.low ?? 0)).toBeLessThan(0.2);
});

test("a difference of a third is seen through disturbances that are larger", () => {
  const seen = ratioOf(series(1.33), series(1));
  expect(seen?.low).toBeGreaterThan(1.15);
  expect(seen?.ratio).toBeGreaterThan(1.25);
  expect(seen?.high).toBeLessThan(1.5);
  expect(seen?.sampleSize).toBe(2_000);
});

test("series that share too few moments say nothing", () => {
  const later = series(1).map(({ atMs, value }) => ({ atMs: atMs + 60_000, value }));
  expect(ratioOf(series(1), later)).toBeNull();
  expect(ratioOf(series(1, 4), series(1, 4))).toBeNull();
  expect(ratioOf([], [])).toBeNull();
});

test("the same seed gives the same interval", () => {
  const [left, right] = [series(1.1), series(1)];
  expect(ratioOf(left, right, { seed: 5 })).toEqual(ratioOf(left, right, { seed: 5 }));
});
