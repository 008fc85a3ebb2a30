import { expect, test } from "vitest";
import { countedLoad, monitoring } from "../hand-made-monitoring.ts";
import { fault, generator, operations } from "../hand-made.ts";
import type { FiringSpan, History, QuietWatch } from "../records.ts";
import type { QuietObjective } from "../slo.ts";
import { quiet } from "./quiet.ts";

const objective: QuietObjective = {
  id: "P4.test",
  promise: "P4",
  title: "no alert fires while nothing is wrong",
  limit: "0 alerts",
  reason: "for the test",
  alwaysFiring: ["Watchdog"],
  earlierMsMax: 20_000,
  quietMsMin: 50_000,
  rulesMin: 9,
  operationsMin: 1_000,
};
const watch = monitoring().quiet;
const watched = (changes: Partial<QuietWatch>): History =>
  countedLoad({ quiet: watch === null ? null : { ...watch, ...changes } });
const span = (changes: Partial<FiringSpan> = {}): FiringSpan => ({
  alert: "RedisDown",
  fromMs: -5_000,
  toMs: 2_000,
  ...changes,
});
const judge = (seen: History) => quiet.judge(seen, objective);

test("silence passes, and so does the alert that always fires", () => {
  expect(judge(countedLoad()).status).toBe("passed");
  expect(judge(watched({ spans: [span({ alert: "Watchdog" })] })).status).toBe("passed");
});

test("an alert of before that ends soon counts for nothing, and so does its time", () => {
  const early = (toMs: number) => watched({ spans: [span({ fromMs: -60_000, toMs })] });

  expect(judge(early(-41_000))).toMatchObject({ status: "passed" });
  expect(judge(early(-41_000)).evidence).toContain("no alert fired in 53 s");
  expect(quiet.judge(early(-41_000), { ...objective, quietMsMin: 54_000 }).status).toBe("unknown");
});

test("any other alert fails, however short", () => {
  const verdict = judge(watched({ spans: [span(), span({ fromMs: 500, toMs: 500 })] }));

  expect(verdict.status).toBe("failed");
  expect(verdict.evidence).toContain("RedisDown fired for 7 s, from -5.0 s on");
});

test.each<[string, History]>([
  ["fired already and does not end", watched({ spans: [span({ fromMs: -60_000 })] })],
  ["no rules", watched({ rulesEvaluated: 0 })],
  ["too short", watched({ fromMs: -30_000 })],
  ["nobody read the alerts", countedLoad({ quiet: null })],
  ["nobody watched", countedLoad({}, { monitoring: null })],
  ["a fault", countedLoad({}, { faults: [fault()] })],
  ["no load", countedLoad({}, { operations: operations(10, 10) })],
  ["a generator that died", countedLoad({}, { generator: generator({ finished: false }) })],
])("%s: unknown", (_, seen) => {
  expect(judge(seen).status).toBe("unknown");
});
