import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { allureOutcomes, writeAllureHistory } from "./allure-history.ts";
import { runEvents } from "./hand-made-runs.ts";
import { entryOf, type AllureOutcome, type HistoryEntry } from "./run-history.ts";
import { createRun, type Run } from "./run-store.ts";
import { decide } from "./verdict.ts";

let root = "";
let run: Run = { id: "", directory: "" };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "allure-history-"));
  run = createRun(root, "run-1");
  mkdirSync(join(run.directory, "allure-results"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function result(name: string, content: object): void {
  writeFileSync(
    join(run.directory, "allure-results", `${name}-result.json`),
    JSON.stringify(content),
  );
}

function entry(runId: string, day: number, allure: readonly AllureOutcome[]): HistoryEntry {
  const kept = entryOf(decide(runEvents()), allure);
  if (kept === null) throw new Error("the run never started");
  return { ...kept, runId, startedAt: `2026-11-${day}T00:00:00.000Z` };
}

const outcome = (status: string): AllureOutcome => ({
  historyId: "h",
  uid: status,
  status,
  start: 1,
  stop: 5,
});

function written(name: string): unknown {
  return JSON.parse(readFileSync(join(run.directory, "allure-results/history", name), "utf8"));
}

test("a test that was repeated counts once, as it ended", () => {
  result("a", { historyId: "h", uuid: "1-2", status: "broken", start: 1, stop: 2 });
  result("b", { historyId: "h", uuid: "3-4", status: "passed", start: 5, stop: 9 });
  result("c", { uuid: "no history", status: "passed", start: 5, stop: 9 });
  writeFileSync(join(run.directory, "allure-results/d-result.json"), "{torn");

  expect(allureOutcomes(run)).toEqual([
    { historyId: "h", uid: "34", status: "passed", start: 5, stop: 9 },
  ]);
});

test("Allure is told the past of each test and a trend, newest first", () => {
  writeAllureHistory(run, [
    entry("run-a", 20, [outcome("passed")]),
    entry("run-b", 21, [outcome("failed")]),
  ]);

  expect(written("history.json")).toEqual({
    h: {
      statistic: { failed: 1, broken: 0, skipped: 0, passed: 1, unknown: 0, total: 2 },
      items: [
        { uid: "failed", status: "failed", time: { start: 1, stop: 5, duration: 4 } },
        { uid: "passed", status: "passed", time: { start: 1, stop: 5, duration: 4 } },
      ],
    },
  });
  expect(written("history-trend.json")).toMatchObject([
    { buildOrder: 2, reportName: "run-b", data: { failed: 1, total: 1 } },
    { buildOrder: 1, reportName: "run-a", data: { passed: 1, total: 1 } },
  ]);
});
