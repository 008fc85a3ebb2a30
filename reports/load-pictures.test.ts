import { expect, test } from "vitest";
import { fault, history, operations } from "./hand-made.ts";
import { hostile } from "./hand-made-runs.ts";
import { loadPictures } from "./load-pictures.ts";
import type { History } from "./records.ts";

const load = history({
  title: "a load",
  operations: operations(1_000, 10, (sequence) => ({
    endedAtMs: sequence * 10 + 5 + (sequence % 50 === 0 ? 300 : 0),
  })),
});
const options = { limitMs: 100 };

function names(seen: History) {
  return loadPictures(seen, options).map(({ name }) => name);
}

function picture(seen: History, wanted: string): string {
  return loadPictures(seen, options).find(({ name }) => name === wanted)?.drawing ?? "";
}

test("a load is shown as a histogram and by who answered in each second", () => {
  expect(names(load)).toEqual(["Latency histogram", "Shares of replicas per second"]);
  const histogram = picture(load, "Latency histogram");
  expect(histogram).toContain("1,000 good answers: 50 % within 5 ms, 99 % within 305 ms");
  expect(histogram).toContain(">limit 100 ms</text>");
  expect(picture(load, "Shares of replicas per second")).toMatch(/1,000 answers: .* 33\.[34] %/);
});

test("a promise about one label and its first byte is drawn by that", () => {
  const mixed = load.operations.map((each) =>
    each.sequence % 2 === 0 ? { ...each, label: "static asset" } : each,
  );
  const [histogram] = loadPictures(history({ ...load, operations: mixed }), {
    latency: "first byte",
    label: "static asset",
  });
  expect(histogram?.drawing).toContain("Time to the first byte, static asset");
  expect(histogram?.drawing).toContain("500 good answers: 50 % within 9 ms");
});

test("a load of several rates is shown as a curve, with what went wrong", () => {
  const stepped = history({
    ...load,
    steps: [
      { fromMs: 0, toMs: 5_000, ratePerSecond: 100 },
      { fromMs: 5_000, toMs: 10_000, ratePerSecond: 200 },
    ],
    operations: load.operations.map((each) =>
      each.sequence === 700 ? { ...each, outcome: "failed", failureClass: "timeout" } : each,
    ),
  });
  const curve = picture(stepped, "Capacity curve");
  expect(curve).toContain("100: 305 ms; 200: 305 ms, 1 not ok");
  expect(curve.match(/class="failed"/g)).toHaveLength(2);
});

test("a fault has its timeline alone, and a load without answers has nothing", () => {
  expect(names(history({ ...load, faults: [fault()] }))).toEqual([]);
  expect(names(history({ operations: operations(9, 10, () => ({ outcome: "failed" })) }))).toEqual(
    [],
  );
});

test("no text of a record becomes markup", () => {
  const seen = history({
    ...load,
    title: hostile,
    operations: load.operations.map((each) => ({ ...each, replica: `${hostile}${each.replica}` })),
  });
  for (const { drawing } of loadPictures(seen, options)) expect(drawing).not.toContain("<script");
});
