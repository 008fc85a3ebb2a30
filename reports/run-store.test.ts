import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  fault,
  history,
  judgedHistory,
  operations,
  storedOf,
  transport,
  write,
} from "./hand-made.ts";
import {
  appendEvent,
  createRun,
  findRun,
  listRuns,
  openRun,
  readEvents,
  readRecord,
  readVerdict,
  writeRecord,
  writeVerdict,
  type Run,
} from "./run-store.ts";
import { decide } from "./verdict.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "run-store-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test("a new run is inconclusive from the first moment", () => {
  expect(readVerdict(createRun(root, "run-1"))).toMatchObject({
    schemaVersion: 2,
    runId: "run-1",
    verdict: "INCONCLUSIVE",
    exitCode: 2,
    finished: false,
    headline: expect.stringContaining("the run is not finished"),
  });
});

test("the link to the latest run follows the newest one", () => {
  createRun(root, "run-1");
  createRun(root, "run-2");

  expect(readlinkSync(join(root, "latest"))).toBe("run-2");
  expect(listRuns(root)).toEqual(["run-1", "run-2"]);
  expect(findRun(root).id).toBe("run-2");
  expect(findRun(root, "run-1").id).toBe("run-1");
});

test.each(["", "..", "a/b", "latest", ".hidden"])("the id %j is refused", (id) => {
  expect(() => createRun(root, id)).toThrow("creating run");
});

test("a run that exists is not overwritten", () => {
  createRun(root, "run-1");

  expect(() => createRun(root, "run-1")).toThrow("exists already");
});

test("an unknown run is refused with the known names", () => {
  createRun(root, "run-1");

  expect(() => findRun(root, "run-9")).toThrow("known runs: run-1");
  expect(() => findRun(root, "../run-1")).toThrow("known runs: run-1");
  expect(() => findRun(join(root, "nowhere"))).toThrow("there are none");
  expect(() => openRun(root)).toThrow("holds no verdict.json");
});

test("events come back in order, with the time that they were appended", () => {
  const run = createRun(root, "run-1");
  appendEvent(run, { type: "phase", phase: "preflight", detail: "ok" }, "2026-11-23T02:00:00Z");
  const last = appendEvent(openRun(run.directory), { type: "cancelled", signal: "SIGINT" });

  expect(last.at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  expect(readEvents(run)).toEqual([
    { at: "2026-11-23T02:00:00Z", type: "phase", phase: "preflight", detail: "ok" },
    last,
  ]);
});

test("a run without events has none", () => {
  expect(readEvents(createRun(root, "run-1"))).toEqual([]);
});

test("the line that a killed run was writing is let go", () => {
  const run = createRun(root, "run-1");
  appendEvent(run, { type: "warning", what: "w" });
  appendFileSync(join(run.directory, "events.jsonl"), '{"at":"2026-11-23T02:00:01Z","type":"pha');

  expect(readEvents(run)).toHaveLength(1);
});

test.each([
  ["no JSON", "{oops", "line 2 is not an event"],
  ["an empty line", "", "line 2 is not an event"],
  ["an unknown type", '{"at":"x","type":"surprise"}', 'it.type is "surprise", which is no event'],
  ["a missing field", '{"at":"x","type":"warning"}', "it.what is missing, allowed is a text"],
  [
    "a wrong field",
    '{"at":"x","type":"run-ended","durationMs":"9"}',
    'it.durationMs is "9", allowed is a number',
  ],
  ["no object", "7", "line 2 is not an event"],
])("%s in the middle is refused with its line", (_, line, message) => {
  const run = createRun(root, "run-1");
  appendEvent(run, { type: "warning", what: "w" });
  appendFileSync(join(run.directory, "events.jsonl"), `${line}\n`);
  appendEvent(run, { type: "warning", what: "w" });

  expect(() => readEvents(run)).toThrow(message);
  expect(() => readEvents(run)).toThrow("line 2");
});

test("a verdict is replaced whole and leaves no temporary file", () => {
  const run = createRun(root, "run-1");

  writeVerdict(run, { ...decide([]), runId: "run-1", headline: "another" });

  expect(readFileSync(join(run.directory, "verdict.json"), "utf8")).toContain('"another"');
  expect(readdirSync(run.directory).filter((name) => name.includes("tmp"))).toEqual([]);
});

test("a damaged verdict is refused", () => {
  const run = createRun(root, "run-1");
  writeFileSync(join(run.directory, "verdict.json"), '{"schemaVersion":1}');

  expect(() => readVerdict(run)).toThrow("it.schemaVersion is 1, allowed is 2");
});

test("records are numbered by claim and come back as they were", () => {
  const run = createRun(root, "run-1");
  const written = write({ sequence: 3, endedAtMs: 1.23456789 });
  const seen = history({
    operations: [written, ...operations(2, 10)],
    faults: [fault()],
    gatewayLines: [
      { requestId: "a", status: 200, upstreamAddresses: ["x"], upstreamStatuses: ["200"] },
    ],
    finalRead: { rows: [storedOf(written)], seen: "1 row" },
  });

  const first = writeRecord(run, "resilience/replica-kill", judgedHistory(seen));
  const second = writeRecord(run, "resilience/replica-kill", {
    kind: "transport",
    seen: transport(),
  });

  expect([first, second]).toEqual([
    "records/resilience-replica-kill-1.json",
    "records/resilience-replica-kill-2.json",
  ]);
  expect(readRecord(run, first)).toEqual(judgedHistory(seen));
  expect(readRecord(run, second)).toEqual({ kind: "transport", seen: transport() });
});

test.each([
  ["no JSON", "{", "reading the record"],
  ["another kind", '{"kind":"x","seen":{}}', 'it.kind is "x", allowed is history, transport'],
  ["a missing part", '{"kind":"history","seen":{}}', "it.seen.title is missing"],
  [
    "a damaged header",
    '{"kind":"transport","seen":{"handshakes":[],"answers":[{"answerClass":"a","httpVersion":"1.1","status":1,"headers":[["x"]]}]}}',
    "it.seen.answers[0].headers[0] is not a pair",
  ],
])("a record with %s is refused", (_, content, message) => {
  const run = createRun(root, "run-1");
  writeFileSync(join(run.directory, "records", "bad-1.json"), content);

  expect(() => readRecord(run, "records/bad-1.json")).toThrow(message);
});

test("a record outside of the run or missing is refused", () => {
  const run = createRun(root, "run-1");

  expect(() => readRecord(run, "../../etc/passwd")).toThrow("outside of records");
  expect(() => readRecord(run, "records/none-1.json")).toThrow("does not exist");
  expect(existsSync(join(run.directory, "records"))).toBe(true);
});

/** A record as it is written while it is still going on: rows in a file of their own, by their end. */
function streamed(
  run: Run,
  rows: readonly unknown[],
  told: Readonly<Record<string, unknown>> = {},
) {
  const whole = history({ operations: operations(3, 10), faults: [fault()] });
  const { operations: _, ...seen } = whole;
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  writeFileSync(join(run.directory, "records", "night-1.rows.jsonl"), lines);
  const record = {
    kind: "history",
    rows: "records/night-1.rows.jsonl",
    rowCount: 3,
    seen,
    ...told,
  };
  writeFileSync(join(run.directory, "records", "night-1.json"), JSON.stringify(record));
  return () => readRecord(run, "records/night-1.json");
}

test("streamed rows are joined to their record in the order of their slots", () => {
  const rows = operations(3, 10);
  const read = streamed(createRun(root, "run-1"), [rows[2], rows[0], rows[1]]);

  expect(read()).toEqual(judgedHistory(history({ operations: rows, faults: [fault()] })));
});

test.each([
  ["a missing row", [0, 1], {}, "holds 2 rows, allowed 3"],
  ["a row too many", [0, 1, 2, 3], {}, "holds 4 rows, allowed 3"],
  ["a row twice", [0, 1, 1], {}, "holds row 1 twice"],
  ["no count", [0, 1, 2], { rowCount: null }, "holds 3 rows, allowed null"],
  ["a file elsewhere", [0, 1, 2], { rows: "events.jsonl" }, "lies outside of records"],
  ["a file above", [0, 1, 2], { rows: "records/../../x" }, "lies outside of records"],
  ["a file that is gone", [0, 1, 2], { rows: "records/none" }, "records/none does not exist"],
])("a streamed record with %s is refused", (_, sequences, told, message) => {
  const rows = operations(4, 10);
  const read = streamed(
    createRun(root, "run-1"),
    sequences.map((sequence) => rows[sequence]),
    told,
  );

  expect(read).toThrow(message);
});

test("a streamed row that is no operation, or torn, is refused", () => {
  const run = createRun(root, "run-1");

  expect(streamed(run, [...operations(2, 10), { sequence: 2 }])).toThrow(
    "it.seen.operations[2].label is missing",
  );
  const read = streamed(run, operations(2, 10), { rowCount: 3 });
  appendFileSync(join(run.directory, "records", "night-1.rows.jsonl"), '{"sequence":2,"lab');
  expect(read).toThrow("reading the record records/night-1.json");
});
