import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { operation, operations } from "../reports/hand-made.ts";
import { appendEvent, createRun } from "../reports/run-store.ts";
import { lookAt, openFaultOf, pulseOf, pulseText } from "./pulse.ts";

function lines(items: readonly object[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join("");
}

function moment(fault: string, name: string, seconds: number, target = "server-1"): object {
  const at = `2026-11-23T10:00:${String(seconds).padStart(2, "0")}.000Z`;
  return { type: "fault", claim: "a/b", fault, target, moment: name, at, atMs: 0, detail: "" };
}

const nowMs = Date.parse("2026-11-23T10:00:30.000Z");

test("the pulse is that of the last two seconds, not of the whole run", () => {
  const early = operations(100, 10, () => ({ outcome: "failed" }));
  const late = operations(50, 10).map((each) => ({
    ...each,
    intendedAtMs: each.intendedAtMs + 10_000,
    endedAtMs: each.endedAtMs + 10_000,
  }));

  expect(pulseOf(lines([...early, ...late]))).toEqual({
    answers: 50,
    failed: 0,
    p95Ms: 10,
    replicas: 3,
  });
});

test("failures, slow answers and missing replicas are seen", () => {
  const rows = operations(20, 10, (sequence) => ({
    replica: "aaaaaaaaaaaa",
    outcome: sequence < 2 ? "indeterminate" : "ok",
    endedAtMs: sequence * 10 + 500,
  }));

  expect(pulseOf(lines(rows))).toEqual({ answers: 20, failed: 2, p95Ms: 500, replicas: 1 });
});

test("lines that are cut are let go, and nothing at all has no pulse", () => {
  expect(pulseOf(`cut":1}\n${lines([operation()])}{"sequence":`)?.answers).toBe(1);
  expect(pulseOf("")).toBeNull();
});

test("a fault is open from its injection until it is undone, healed or failed", () => {
  const open = lines([moment("kill", "injected", 20), moment("kill", "effective", 21)]);

  expect(openFaultOf(open, nowMs)).toEqual({ fault: "kill", target: "server-1", sinceMs: 10_000 });
  for (const end of ["recovered", "healed", "failed"]) {
    expect(openFaultOf(open + lines([moment("kill", end, 25)]), nowMs)).toBeNull();
  }
  const other = lines([moment("kill", "healed", 25, "server-2")]);
  expect(openFaultOf(open + other, nowMs)).not.toBeNull();
  const earlier = lines([moment("kill", "injected", 1), moment("kill", "healed", 2)]);
  expect(openFaultOf(earlier + open, nowMs)).not.toBeNull();
});

test("all of it stands in one line", () => {
  const fault = { fault: "kill", target: "server-2", sinceMs: 3_100 };
  const pulse = { answers: 240, failed: 1, p95Ms: 410, replicas: 2 };

  expect(pulseText("claim resilience/replica-kill (2 of 3)", fault, pulse)).toBe(
    "claim resilience/replica-kill (2 of 3) · kill of server-2 for 3.1 s · 2 replicas answering · " +
      "p95 410 ms · 1 of 240 answers failed",
  );
  expect(pulseText("set-up", null, null)).toBe("set-up");
});

test("a run on disk is looked at, and a measurement that is over is not told", () => {
  const root = mkdtempSync(join(tmpdir(), "pulse-"));
  try {
    const run = createRun(root, "run-1");
    expect(lookAt(run, "set-up")).toBe("set-up");
    appendEvent(run, { type: "phase", phase: "stack", detail: "up" });
    writeFileSync(join(run.directory, "records/a-1.rows.jsonl"), lines([operation()]));
    expect(lookAt(run, "here")).toContain("1 replica answering");
    expect(lookAt(run, "here", Date.now() + 60_000)).toBe("here");
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
