import { expect, test } from "vitest";
import { fault, history, operations, replicaNames } from "./hand-made.ts";
import { hostile } from "./hand-made-runs.ts";
import type { Operation } from "./records.ts";
import { timeline, type TimelineOptions } from "./timeline.ts";

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
  const unhealed = fault({ recoveredAtMs: null, healedAtMs: null });
  const drawing = timeline(history({ operations: operations(9, 10), faults: [unhealed] }));
  expect(drawing).toContain("never seen healthy again");
  expect(drawing).not.toMatch(/NaN|Infinity|undefined/);
});

test("a fault that nobody saw in effect has no window, only its moment", () => {
  const refused = fault({ effectiveAtMs: null, recoveredAtMs: null, healedAtMs: null });
  const drawing = timeline(history({ operations: operations(900, 10), faults: [refused] }));

  expect(drawing).toContain("not proved in effect");
  expect(drawing).toContain('class="edge unproved"');
  expect(drawing).not.toMatch(/class="(?:fault|heal|hurt|away)"/);
});

/** One replica is away from 5 s to 13 s, and requests fail for the first half second of it. */
function awayFrom5To13(): readonly Operation[] {
  return operations(3_000, 10, (sequence) => {
    const isAway = sequence >= 500 && sequence < 1_300;
    return {
      ...(isAway ? { replica: replicaNames[1 + (sequence % 2)] ?? null } : {}),
      ...(isAway && sequence < 550 ? { outcome: "failed" as const } : {}),
    };
  });
}

test("the consequences of a fault are told apart: until good answers, until all replicas", () => {
  const seen = history({ operations: awayFrom5To13(), faults: [fault()] });

  const drawing = timeline(seen);

  expect(drawing).toMatch(/service back after 5\d\d ms, all replicas after 8\.0\d s/);
  expect(drawing).toContain('class="away"');
  expect(drawing).toContain('class="partial"');
  expect(drawing).toContain('class="hurt"');
});

test("what is promised about recovery stands beside it", () => {
  const seen = history({ operations: awayFrom5To13(), faults: [fault()] });
  const due = (recovery: TimelineOptions["recovery"]) =>
    timeline(seen, { recovery }).match(/class="due" d="M([\d.]+)/g) ?? [];

  expect(due(null)).toEqual([]);
  // The first second is 92 + 852 / 30 units wide; the harm is at 5 s, its undoing begins at 11 s.
  expect(due({ since: "injected", serviceMsMax: 1_000, capacityMsMax: 10_000 })).toEqual([
    'class="due" d="M262.4',
    'class="due" d="M518',
  ]);
  expect(due({ since: "recovered", serviceMsMax: 1_000, capacityMsMax: null })).toEqual([
    'class="due" d="M432.8',
  ]);
});

test("faults whose words would run into each other are numbered and listed", () => {
  const faults = [1, 2, 3].map((turn) =>
    fault({
      name: `kill postgres ${turn}`,
      injectedAtMs: turn * 1_000,
      effectiveAtMs: turn * 1_000 + 50,
      recoveredAtMs: turn * 1_000 + 60,
      healedAtMs: turn * 1_000 + 500,
    }),
  );
  const drawing = timeline(history({ operations: operations(3_000, 10), faults }));

  expect(drawing).toContain(">1</text>");
  expect(drawing).toContain(">3  kill postgres 3: healthy after 500 ms");
  expect(drawing.match(/class="edge back"/g)).toHaveLength(3);
});

test("an endless list of faults is cut", () => {
  const faults = Array.from({ length: 40 }, (_, turn) =>
    fault({ name: `fault ${turn}`, injectedAtMs: turn * 500, healedAtMs: turn * 500 + 100 }),
  );
  const drawing = timeline(history({ operations: operations(3_000, 10), faults }));

  expect(drawing).toContain("12  fault 11:");
  expect(drawing).not.toContain("13  fault 12:");
  expect(drawing).toContain(">and 28 more</text>");
});

test("answers that name nobody have no lanes and nothing is said about replicas", () => {
  const nameless = operations(3_000, 10, () => ({ replica: null }));
  const drawing = timeline(history({ operations: nameless, faults: [fault()] }));

  expect(drawing).not.toContain('class="track"');
  expect(drawing).not.toContain("all replicas");
  expect(drawing).toContain(">no request failed</text>");
});

test("a thumbnail is small, keeps every bad mark and the slowest answer, and has no legend", () => {
  const many = operations(60_000, 10, (sequence) =>
    sequence === 31_415 ? { outcome: "failed", endedAtMs: 314_150 + 777 } : noisy(sequence),
  );
  const drawing = timeline(history({ operations: many, faults: [fault()] }), {
    size: "thumbnail",
    styled: false,
  });

  expect(Buffer.byteLength(drawing)).toBeLessThan(9_000);
  expect(marksIn(drawing, "failed")).toBe(1);
  expect(drawing).toContain('class="range"');
  expect(drawing).not.toContain("legend");
  expect(drawing).not.toContain("<style>");
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
