import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Recorder } from "../fixtures/recorder.ts";
import { writeAllureExtras } from "../reports/allure.ts";
import { fault, history, judgedHistory, operations } from "../reports/hand-made.ts";
import { writeJunit } from "../reports/junit.ts";
import { balance } from "../reports/oracles/balance.ts";
import type { History } from "../reports/records.ts";
import { rejudge } from "../reports/rejudge.ts";
import { createRun, readRecord, type Run } from "../reports/run-store.ts";
import { slo } from "../reports/slo.ts";
import { writeSummary } from "../reports/summary.ts";

/** What the fixtures write while a claim goes on is what the reports read afterwards. */

const claim = "load/sustained-throughput";
let run: Run;
let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "recorded-"));
  run = createRun(root, "run-1");
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Streams the operations in the order of their end, as a generator does. */
function streamed(recorder: Recorder, seen: History): void {
  const rows = recorder.openRows();
  const byEnd = seen.operations.toSorted((left, right) => left.endedAtMs - right.endedAtMs);
  for (let from = 0; from < byEnd.length; from += 100) rows.append(byEnd.slice(from, from + 100));
  rows.complete(seen.operations);
}

const seen = history({
  operations: operations(900, 10, (sequence) => ({ endedAtMs: 9_000 - sequence * 3.25 })),
  faults: [fault()],
});

function judgeAndRecord(recorder: Recorder): string {
  const record = recorder.record(judgedHistory(seen));
  const verdict = balance.judge(seen, slo.balance);
  recorder.event({ type: "judged", claim, verdict, record });
  return record;
}

test("a streamed history comes back as it was, its rows written once", () => {
  const recorder = new Recorder(run.directory, claim);
  streamed(recorder, seen);

  const path = recorder.record(judgedHistory(seen));

  expect(readRecord(run, path)).toEqual(judgedHistory(seen));
  expect(recorder.record(judgedHistory(seen))).toBe(path);
  expect(readFileSync(join(run.directory, path), "utf8")).not.toContain("requestId");
});

test("a claim that is measured again has rows and a record of its own", () => {
  for (const turn of [1, 2]) {
    const recorder = new Recorder(run.directory, claim);
    streamed(recorder, { ...seen, operations: operations(turn, 10) });
    recorder.record(judgedHistory(seen));
  }

  expect(readdirSync(join(run.directory, "records")).toSorted()).toEqual([
    "load-sustained-throughput-1.json",
    "load-sustained-throughput-1.rows.jsonl",
    "load-sustained-throughput-2.json",
    "load-sustained-throughput-2.rows.jsonl",
  ]);
});

test("a history that was not streamed is recorded whole", () => {
  const path = new Recorder(run.directory, claim).record(judgedHistory(seen));

  expect(readRecord(run, path)).toEqual(judgedHistory(seen));
});

test("the rows that a killed claim leaves harm neither its next measurement nor any report", () => {
  const killed = new Recorder(run.directory, claim);
  killed.event({ type: "claim-started", claim });
  killed.openRows().append(operations(250, 10));
  const recorder = new Recorder(run.directory, claim);
  streamed(recorder, seen);
  judgeAndRecord(recorder);

  writeSummary(run);
  writeAllureExtras(run);
  writeJunit(run);

  expect(readFileSync(join(run.directory, "summary.html"), "utf8")).toContain("of 900 requests");
  expect(rejudge(run).judgements).toMatchObject([{ objective: slo.balance.id, changed: false }]);
});

test("a streamed record that lost a row is unknown when it is judged again", () => {
  const recorder = new Recorder(run.directory, claim);
  const rows = recorder.openRows();
  rows.append(seen.operations.slice(1));
  rows.complete(seen.operations);
  judgeAndRecord(recorder);

  const [judgement] = rejudge(run).judgements;

  expect(judgement?.after).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining("holds 899 rows, allowed 900"),
  });
});
