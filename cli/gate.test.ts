import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runEvents, type RunChanges } from "../reports/hand-made-runs.ts";
import { history, judgedHistory, operations } from "../reports/hand-made.ts";
import { manifest } from "../reports/manifest.ts";
import { appendEvent, createRun, writeRecord, type Run } from "../reports/run-store.ts";
import { slo } from "../reports/slo.ts";
import { gateStoredRun, type GateRules } from "./gate.ts";

const claim = "load/sustained-throughput";
const now = new Date("2026-11-23T12:00:00Z");
const rules: GateRules = { profile: null, strict: false, waivers: [], now };
let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gate-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function stored(changes: RunChanges = {}): Run {
  const run = createRun(root, "run-1");
  for (const { at, ...body } of runEvents(changes)) appendEvent(run, body, at);
  return run;
}

/** A run of one claim alone, whose record is spread evenly over the replicas. */
function partialRun(told: "passed" | "failed"): Run {
  const run = createRun(root, "run-2");
  const [start] = runEvents();
  if (start?.type !== "run-started") throw new Error("a run has a first event");
  const record = writeRecord(
    run,
    claim,
    judgedHistory(history({ operations: operations(600, 10) })),
  );
  const { at, ...started } = start;
  appendEvent(run, { ...started, claims: [claim] }, at);
  appendEvent(run, { type: "claim-started", claim });
  const verdict = {
    oracle: "balance",
    objective: slo.balance.id,
    status: told,
    evidence: "as told",
    measurements: [],
    witnesses: [],
  };
  appendEvent(run, { type: "judged", claim, verdict, record });
  appendEvent(run, { type: "claim-ended", claim, state: told, durationMs: 1, error: null });
  appendEvent(run, { type: "census", leftovers: [] });
  appendEvent(run, { type: "run-ended", durationMs: 1 });
  return run;
}

test("records that are gone prove nothing, whatever the stored verdicts say", () => {
  const verdict = gateStoredRun(stored(), rules);

  expect(verdict).toMatchObject({ verdict: "INCONCLUSIVE", exitCode: 2 });
  expect(verdict.criteria[0]?.evidence).toContain("records/none-1.json does not exist");
});

test("a claim of the profile that was never run is not measured, and the gate stays shut", () => {
  const verdict = gateStoredRun(partialRun("passed"), { ...rules, profile: "release" });

  expect(verdict).toMatchObject({ scope: "full", verdict: "INCONCLUSIVE", exitCode: 2 });
  expect(verdict.decidedBy).toContain(slo.handshake.id);
  const wanted = manifest.filter(({ profiles }) => profiles.includes("release"));
  expect(verdict.claims.filter(({ state }) => state === "not-run")).toHaveLength(wanted.length - 1);
});

test("today's oracle decides, not the stored verdict", () => {
  const verdict = gateStoredRun(partialRun("failed"), rules);

  expect(verdict.criteria.find(({ id }) => id === slo.balance.id)?.state).toBe("passed");
  expect(verdict.verdict).toBe("INCONCLUSIVE");
});

test("a damaged record is inconclusive in words, and never good", () => {
  const run = stored();
  appendFileSync(join(run.directory, "events.jsonl"), '{"type":"nonsense"}\n');

  expect(() => gateStoredRun(run, rules)).toThrow(/INCONCLUSIVE.*which is no event/);
  expect(() => gateStoredRun(run, rules)).toThrow(expect.objectContaining({ exitCode: 2 }));
});
