import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runEvents } from "../reports/hand-made-runs.ts";
import { appendEvent, createRun, decideRun, listRuns } from "../reports/run-store.ts";
import type { Run } from "../reports/run-store.ts";
import type { RunVerdict } from "../reports/verdict.ts";
import { keptRuns, lastDurations, recallEarlierRuns, rememberRun } from "./remember-run.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "remember-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A full run of that hour, as `validate` stores, recalls, decides and remembers it. */
function measured(hour: string, keep = 100): { readonly run: Run; readonly verdict: RunVerdict } {
  const run = createRun(root, `20261101-${hour}0000-aaaa`);
  for (const { at, ...body } of runEvents()) {
    appendEvent(run, body, at.replace(/T\d\d/, `T${hour}`));
  }
  recallEarlierRuns(root, run);
  const verdict = decideRun(run);
  rememberRun(root, run, verdict, keep);
  return { run, verdict };
}

test("three runs in a row: the third shows history, trend and changes", () => {
  expect(measured("01").verdict.earlierRuns).toEqual([]);
  measured("02");
  const { run, verdict } = measured("03");

  expect(verdict.earlierRuns.map(({ verdict: decision }) => decision)).toEqual(["GO", "GO"]);
  expect(verdict.criteria[0]).toMatchObject({
    earlierStates: ["passed", "passed"],
    deltas: [{ name: "latency, median", changeShare: 0, runs: 2 }],
  });
  const trend: unknown = JSON.parse(
    readFileSync(join(run.directory, "allure-results/history/history-trend.json"), "utf8"),
  );
  expect(trend).toHaveLength(2);
});

test("the oldest runs go, and what they came to stays", () => {
  measured("01", 2);
  measured("02", 2);
  const { verdict } = measured("03", 2);

  expect(listRuns(root)).toEqual(["20261101-020000-aaaa", "20261101-030000-aaaa"]);
  expect(verdict.earlierRuns).toHaveLength(2);
  expect(lastDurations(root).get("tls/handshake")).toBe(12_345);
});

test("how many runs stay is a number, or a mistake of usage", () => {
  expect(keptRuns({})).toBe(200);
  expect(keptRuns({ RUNS_KEPT: "5" })).toBe(5);
  for (const text of ["0", "-1", "many", "1.5"]) {
    expect(() => keptRuns({ RUNS_KEPT: text })).toThrow(expect.objectContaining({ exitCode: 64 }));
  }
});
