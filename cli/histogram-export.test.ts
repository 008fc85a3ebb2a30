import { expect, test } from "vitest";
import { percentileDistribution } from "./histogram-export.ts";

test("latencies below a millisecond stay apart, and slow ones are not cut off", () => {
  const text = percentileDistribution([0.25, 0.5, 0.75, 1_500]);
  expect(text).toContain("Value");
  expect(text).toMatch(/^\s+0\.250\b/m);
  expect(text).toMatch(/Max\s+=\s+1500\.\d+, Total count\s+=\s+4\b/);
});
