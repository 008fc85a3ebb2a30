import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { history, judgedHistory, operations } from "./hand-made.ts";
import type { Verdict, VerdictStatus } from "./records.ts";
import { rejudge } from "./rejudge.ts";
import { appendEvent, createRun, writeRecord, type Run } from "./run-store.ts";
import { slo } from "./slo.ts";

const claim = "load/sustained-throughput";
let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "rejudge-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A stored run of one claim whose record is spread evenly, and was judged as told. */
function storedRun(told: VerdictStatus, objective: string = slo.balance.id): Run {
  const run = createRun(root, "run-1");
  const record = judgedHistory(history({ operations: operations(600, 10) }));
  const verdict: Verdict = {
    oracle: "balance",
    objective,
    status: told,
    evidence: "as told",
    measurements: [],
    witnesses: [],
  };
  const path = writeRecord(run, claim, record);
  appendEvent(run, { type: "claim-started", claim });
  appendEvent(run, { type: "judged", claim, verdict, record: path });
  appendEvent(run, { type: "claim-ended", claim, state: told, durationMs: 1, error: null });
  return run;
}

test("a verdict that today's oracle shares does not change", () => {
  const { judgements } = rejudge(storedRun("passed"));

  expect(judgements).toMatchObject([
    { claim, objective: slo.balance.id, changed: false, after: { status: "passed" } },
  ]);
});

test("a verdict that today's oracle does not share changes, and the run with it", () => {
  const { judgements, before, after } = rejudge(storedRun("failed"));

  expect(judgements).toMatchObject([
    { changed: true, before: { status: "failed" }, after: { status: "passed" } },
  ]);
  expect(before.verdict).toBe("NO_GO");
  expect(after.verdict).toBe("INCONCLUSIVE");
  expect(after.claims).toMatchObject([{ claim, state: "passed" }]);
});

test("an objective that nobody knows any more is unknown", () => {
  expect(rejudge(storedRun("passed", "VP-1.gone")).judgements).toMatchObject([
    { changed: true, after: { status: "unknown", evidence: "no promise of today has this id" } },
  ]);
});

test("a damaged record is unknown and says where", () => {
  const run = storedRun("passed");
  const [judged] = rejudge(run).judgements;
  writeFileSync(join(run.directory, judged?.record ?? ""), '{"kind":"history","seen":{}}');

  expect(rejudge(run).judgements).toMatchObject([
    { after: { status: "unknown", evidence: expect.stringContaining("it.seen.title is missing") } },
  ]);
});
