import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RunEvent } from "./events.ts";
import { runEvents, type RunChanges } from "./hand-made-runs.ts";
import {
  comparableRuns,
  earlierRunsOf,
  entryOf,
  historyFile,
  readHistory,
  remember,
  type HistoryEntry,
} from "./run-history.ts";
import { slo } from "./slo.ts";
import { decide, type RunVerdict } from "./verdict.ts";

const claim = "tls/handshake";
const key = `${claim} ${slo.handshake.id}`;
let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "history-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** The verdict of a full run on that day of November, with that median latency everywhere. */
function verdictOn(day: number, medianMs: number, changes: RunChanges = {}): RunVerdict {
  const date = `2026-11-${String(day).padStart(2, "0")}`;
  const events = runEvents(changes).map((event): RunEvent => {
    const at = event.at.replace(/^.{10}/, date);
    if (event.type !== "judged") return { ...event, at };
    const measurements = event.verdict.measurements.map((one) =>
      one.unit === "ms" ? { ...one, value: medianMs } : one,
    );
    return { ...event, at, verdict: { ...event.verdict, measurements } };
  });
  return { ...decide(events), runId: `run-${day}`, branch: "main" };
}

function keep(verdict: RunVerdict): HistoryEntry {
  const entry = entryOf(verdict, []);
  if (entry === null) throw new Error("the run never started");
  remember(root, entry);
  return entry;
}

test("the baseline is the median of the passed runs before, of the same kind", () => {
  for (const [day, medianMs] of [
    [1, 10],
    [2, 30],
    [3, 20],
  ] as const) {
    keep(verdictOn(day, medianMs));
  }
  const earlier = earlierRunsOf(readHistory(root), verdictOn(4, 99));

  expect(earlier?.runs.map(({ runId }) => runId)).toEqual(["run-1", "run-2", "run-3"]);
  expect(earlier?.criteria[key]).toEqual({
    states: ["passed", "passed", "passed"],
    values: [0, 0, 0],
    baselines: { "latency, median": { median: 20, low: 10, high: 30, runs: 3 } },
  });
});

test("a run that failed is part of the trend and never of the baseline", () => {
  keep(verdictOn(1, 10));
  keep(verdictOn(2, 5_000, { statuses: { [slo.handshake.id]: "failed" } }));

  const criterion = earlierRunsOf(readHistory(root), verdictOn(3, 11))?.criteria[key];

  expect(criterion?.states).toEqual(["passed", "failed"]);
  expect(criterion?.baselines["latency, median"]).toMatchObject({ median: 10, runs: 1 });
});

test.each([
  ["branch", { branch: "feature" }],
  ["machine class", { machineClass: "64 processors" }],
  ["scope", { scope: "partial" }],
  ["profile", { profile: "nightly" }],
] as const)("runs of another %s are not compared", (_, changes) => {
  keep(verdictOn(1, 10));

  expect(comparableRuns(readHistory(root), { ...verdictOn(2, 10), ...changes })).toEqual([]);
});

test("neither a later run nor the run itself is its past", () => {
  keep(verdictOn(5, 10));

  expect(earlierRunsOf(readHistory(root), verdictOn(4, 10))).toBeNull();
  expect(earlierRunsOf(readHistory(root), verdictOn(5, 10))).toBeNull();
  expect(earlierRunsOf(readHistory(root), verdictOn(6, 10))?.runs).toHaveLength(1);
});

test("a run that shares no criterion is not compared", () => {
  const entry = keep(verdictOn(1, 10));
  const other = {
    ...entry,
    runId: "other",
    criteria: { "tls/none VP-2.none": entry.criteria[key] },
  };
  const [criterion] = verdictOn(2, 10).criteria;
  if (criterion === undefined) throw new Error("the run has no criterion");

  expect(
    comparableRuns([other as HistoryEntry], { ...verdictOn(2, 10), criteria: [criterion] }),
  ).toEqual([]);
});

test("a run that is kept again replaces itself", () => {
  keep(verdictOn(1, 10));
  keep(verdictOn(1, 12));

  expect(readHistory(root)).toHaveLength(1);
  expect(readHistory(root)[0]?.criteria[key]?.numbers).toEqual({ "latency, median": 12 });
});

test("the file stays bounded, kind by kind", () => {
  const entry = keep(verdictOn(1, 10));
  const other = { ...entry, runId: "old", kind: { ...entry.kind, branch: "quiet" } };
  remember(root, other);
  for (let count = 0; count < 70; count += 1) {
    remember(root, { ...entry, runId: `again-${count}`, startedAt: `2026-12-01T00:${count}` });
  }

  const kept = readHistory(root);
  expect(kept.filter(({ kind }) => kind.branch === "main")).toHaveLength(60);
  expect(kept.map(({ runId }) => runId)).toContain("old");
  expect(kept.map(({ runId }) => runId)).not.toContain("run-1");
});

test("a torn or foreign line is let go, the others stand", () => {
  keep(verdictOn(1, 10));
  appendFileSync(join(root, historyFile), '{"schemaVersion":1,"runId":"torn"\n[]\n{"a":1}\n');

  expect(readHistory(root).map(({ runId }) => runId)).toEqual(["run-1"]);
  keep(verdictOn(2, 10));
  expect(readHistory(root)).toHaveLength(2);
  expect(readFileSync(join(root, historyFile), "utf8").endsWith("\n")).toBe(true);
});

test("a run that never started leaves nothing", () => {
  expect(entryOf(decide([]), [])).toBeNull();
  expect(readHistory(join(root, "none"))).toEqual([]);
});
