import { expect, test } from "vitest";
import {
  binomialAtMost,
  quantile,
  shareLowerBound,
  shareUpperBound,
  median,
} from "./statistics.ts";

test("the binomial distribution agrees with values worked out by hand", () => {
  expect(binomialAtMost(0, 10, 0.5)).toBeCloseTo(1 / 1024, 12);
  expect(binomialAtMost(5, 10, 0.5)).toBeCloseTo(638 / 1024, 12);
  expect(binomialAtMost(-1, 10, 0.5)).toBe(0);
  expect(binomialAtMost(10, 10, 0.5)).toBe(1);
  expect(binomialAtMost(3, 10, 0)).toBe(1);
  expect(binomialAtMost(3, 10, 1)).toBe(0);
});

test("a large sample neither underflows nor exceeds one", () => {
  expect(binomialAtMost(0, 100_000, 0.2)).toBe(0);
  expect(binomialAtMost(20_000, 100_000, 0.2)).toBeGreaterThan(0.49);
  expect(binomialAtMost(99_999, 100_000, 0.2)).toBeLessThanOrEqual(1);
});

test("no hit in n trials bounds the share by three over n at 95 %", () => {
  expect(shareUpperBound(0, 3_000, 0.95)).toBeCloseTo(1 - 0.05 ** (1 / 3_000), 8);
  expect(shareUpperBound(0, 3_000, 0.95)).toBeLessThan(3 / 3_000);
  expect(shareLowerBound(0, 3_000, 0.99)).toBe(0);
  expect(shareUpperBound(3_000, 3_000, 0.95)).toBe(1);
  expect(shareUpperBound(0, 0, 0.95)).toBe(1);
});

test.each([
  { budget: 0.01, total: 1_000, passAtMost: 4, failFrom: 19 },
  { budget: 0.01, total: 3_000, passAtMost: 20, failFrom: 44 },
  { budget: 0.01, total: 6_000, passAtMost: 47, failFrom: 80 },
  { budget: 0.05, total: 1_000, passAtMost: 38, failFrom: 68 },
  { budget: 0.05, total: 3_000, passAtMost: 130, failFrom: 179 },
  { budget: 0.001, total: 3_000, passAtMost: 0, failFrom: 9 },
  { budget: 0.001, total: 12_000, passAtMost: 6, failFrom: 22 },
])("budget $budget of $total: 95 % from above, 99 % from below", (row) => {
  const { budget, total, passAtMost, failFrom } = row;
  expect(shareUpperBound(passAtMost, total, 0.95)).toBeLessThanOrEqual(budget);
  expect(shareUpperBound(passAtMost + 1, total, 0.95)).toBeGreaterThan(budget);
  expect(shareLowerBound(failFrom, total, 0.99)).toBeGreaterThan(budget);
  expect(shareLowerBound(failFrom - 1, total, 0.99)).toBeLessThanOrEqual(budget);
});

test("a quantile is the nearest rank", () => {
  expect(quantile([], 0.5)).toBeNull();
  expect(quantile([7], 0.99)).toBe(7);
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2);
  expect(quantile([4, 1, 3, 2], 1)).toBe(4);
  expect(quantile([4, 1, 3, 2], 0)).toBe(1);
});

test("a median is the middle, and the mean of two middles", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 6])).toBe(5.5);
  expect(median([])).toBeNull();
});
