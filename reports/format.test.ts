import { expect, test } from "vitest";
import {
  firstAndMore,
  formatBytes,
  formatDuration,
  formatNumberOf,
  formatValue,
  keepUnits,
} from "./format.ts";

test.each([
  [0, "0 ms"],
  [1.26, "1.3 ms"],
  [9.99, "10 ms"],
  [104.6, "105 ms"],
  [1_000, "1 s"],
  [9_108, "9.11 s"],
  [59_940, "59.9 s"],
  [59_960, "1 min 0 s"],
  [258_000, "4 min 18 s"],
  [3_600_000, "1 h 0 min"],
])("%d ms read as %s", (durationMs, words) => {
  expect(formatDuration(durationMs)).toBe(words);
});

test.each([
  [999, "999 B"],
  [15_100, "15.1 kB"],
  [15_100_000, "15.1 MB"],
  [1_980_000_000, "1.98 GB"],
])("%d bytes read as %s", (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});

test("values are written in the unit of their measurement", () => {
  expect(formatValue(0.0123, "share")).toBe("1.23 %");
  expect(formatValue(1_500, "ms")).toBe("1.5 s");
  expect(formatValue(3_300, "")).toBe("3,300");
  expect(formatValue(109.94, "per second")).toBe("109.9 per second");
  expect(formatValue(2_000, "bytes")).toBe("2.0 kB");
  expect(formatNumberOf(1, "class", "classes")).toBe("1 class");
  expect(formatNumberOf(2, "class", "classes")).toBe("2 classes");
});

test("the first of several stands for all, with their number", () => {
  expect(firstAndMore(["a door is open"])).toBe("a door is open");
  expect(firstAndMore(["a door is open", "b", "c"])).toBe("a door is open, and 2 more");
  expect(firstAndMore([])).toBe("nothing");
});

test("a unit stays with its number, a word stays free", () => {
  expect(keepUnits("1 % within 100 ms, 3 slots")).toBe("1\u00A0% within 100\u00A0ms, 3 slots");
});
