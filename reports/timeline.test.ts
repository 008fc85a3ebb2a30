import { expect, test } from "vitest";
import { fault, history, operations } from "./hand-made.ts";
import { hostile } from "./hand-made-runs.ts";
import type { Operation } from "./records.ts";
import { timeline } from "./timeline.ts";

const noisy = (sequence: number): Partial<Operation> => ({
  endedAtMs: sequence * 10 + 3 + ((sequence * 7_919) % 400),
});

function marksIn(drawing: string, outcome: string): number {
  const path = new RegExp(`<path class="${outcome}" d="([^"]*)"`).exec(drawing)?.[1] ?? "";
  return path.match(/M/g)?.length ?? 0;
}

test("a drawing says in words what it shows", () => {
  const drawing = timeline(
    history({ title: "a kill", operations: operations(300, 10), faults: [fault()] }),
    { limitMs: 100, latency: "first byte" },
  );

  expect(drawing).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(drawing).toContain("<title>Timeline: a kill</title>");
  expect(drawing).toContain("Time to the first byte of 300 requests, of which 0 did not succeed");
  expect(drawing).toContain("kill server-1 from 5 s to 13 s");
  expect(drawing).toContain(">limit 100 ms</text>");
  expect(drawing).toContain("held 6 s, healthy after 8 s");
});

test("each outcome has its own mark, and the legend counts them all", () => {
  const outcomes = ["ok", "failed", "indeterminate", "dropped"] as const;
  const drawing = timeline(
    history({
      operations: operations(400, 50, (sequence) => ({ outcome: outcomes[sequence % 4] ?? "ok" })),
    }),
  );

  for (const words of ["ok 100", "failed 100", "indeterminate 100", "never sent 100"]) {
    expect(drawing).toContain(`>${words}</text>`);
  }
  expect(marksIn(drawing, "failed")).toBeGreaterThan(80);
});

test("a single failure among many thousands keeps its mark, however small the picture", () => {
  const many = operations(60_000, 10, (sequence) =>
    sequence === 31_415 ? { outcome: "failed", endedAtMs: 314_150 + 7_777 } : noisy(sequence),
  );
  const drawing = timeline(history({ operations: many }), { bytesMax: 20_000 });

  expect(marksIn(drawing, "failed")).toBe(1);
  expect(drawing).toContain(">failed 1</text>");
});

test("sixty thousand operations, all different, stay below 150 kB", () => {
  const outcomes = ["ok", "failed", "indeterminate"] as const;
  const many = operations(60_000, 10, (sequence) => ({
    ...noisy(sequence),
    outcome: outcomes[sequence % 3] ?? "ok",
  }));

  expect(Buffer.byteLength(timeline(history({ operations: many })))).toBeLessThan(150_000);
});

test("an empty history and a fault that never healed can be drawn", () => {
  expect(timeline(history())).toContain("0 requests");
  const unhealed = fault({ recoveredAtMs: null, healedAtMs: null, effectiveAtMs: null });
  const drawing = timeline(history({ operations: operations(9, 10), faults: [unhealed] }));
  expect(drawing).toContain("never seen healthy again");
  expect(drawing).not.toMatch(/NaN|Infinity|undefined/);
});

test("only operations of the judged label are drawn where there is one", () => {
  const mixed = operations(100, 10, (sequence) => (sequence < 30 ? { label: "static asset" } : {}));

  expect(timeline(history({ operations: mixed }), { label: "static asset" })).toContain(">ok 30<");
});

test("text from outside cannot break out", () => {
  const drawing = timeline(
    history({
      title: hostile,
      operations: operations(3, 10, () => ({ replica: hostile })),
      faults: [fault({ name: hostile })],
    }),
  );

  expect(drawing).not.toContain("<script");
  expect(drawing).not.toContain("\u0000");
});
