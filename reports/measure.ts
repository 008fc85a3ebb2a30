import type { Measurement, NumberLimit, Spread } from "./records.ts";
import { shareLowerBound, shareUpperBound } from "./statistics.ts";

/** Numbers with what they are held against: how oracles write down what decided. */

const confidence = 0.95;

export function atMost(value: number): NumberLimit {
  return { rule: "at most", value };
}

export function atLeast(value: number): NumberLimit {
  return { rule: "at least", value };
}

/**
 * How often something bad was seen in so many independent chances, with the exact one-sided 95 %
 * bounds of its true share: none seen in n is a share below 3/n and not one of zero.
 */
export function badCount(
  name: string,
  value: number,
  sampleSize: number,
  limit: NumberLimit = atMost(0),
): Measurement {
  const counted: Measurement = { name, value, unit: "", sampleSize, limit };
  return sampleSize <= 0 ? counted : { ...counted, spread: shareSpread(value, sampleSize) };
}

function shareSpread(count: number, total: number): Spread {
  return {
    low: shareLowerBound(count, total, confidence),
    high: shareUpperBound(count, total, confidence),
    unit: "share",
    meaning: "95 % bounds of the true share",
  };
}

/** How far apart the values of one kind are; not there where there is only one. */
export function rangeOf(
  values: readonly number[],
  unit: string,
  meaning: string,
): Partial<Pick<Measurement, "spread">> {
  if (values.length < 2) return {};
  return { spread: { low: Math.min(...values), high: Math.max(...values), unit, meaning } };
}

export function isWithinLimit(value: number, { rule, value: limit }: NumberLimit): boolean {
  if (rule === "at least") return value >= limit;
  return rule === "below" ? value < limit : value <= limit;
}

/** How far a number is from its limit, in its unit: negative where it is on the wrong side. */
export function marginOf(value: number, { rule, value: limit }: NumberLimit): number {
  return rule === "at least" ? value - limit : limit - value;
}
