import { expect, test } from "vitest";
import { countedLoad, monitoring } from "../hand-made-monitoring.ts";
import { fault, generator, operations } from "../hand-made.ts";
import type { FiringSpan, History, QuietWatch } from "../records.ts";
import type { QuietObjective } from "../slo.ts";
import { told } from "../told.ts";
import { quiet } from "./quiet.ts";

const objective: QuietObjective = {
  id: "P4.test",
  promise: "P4",
  title: "no alert fires while nothing is wrong",
  limit: "0 alerts",
  reason: "for the test",
  alwaysFiring: ["Watchdog"],
  ofSlowness: ["TooSlow", "MuchTooSlow"],
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

test("an alert of slowness on a machine without processors is in doubt, any other is not", () => {
  const slow = (idleShare: number | null) => span({ alert: "TooSlow", idleShare });
  const slower = span({ alert: "MuchTooSlow", idleShare: 0.1 });
  const seen = (...spans: FiringSpan[]) => judge(watched({ spans }));

  expect(seen(slow(0.19), slower)).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining("idle for 19.00 % of five minutes, at least 20.00 % are"),
  });
  expect(seen(slow(0.2), slower).status).toBe("failed");
  expect(seen(slower, span({ idleShare: 0.01 })).status).toBe("failed");
  expect(seen(slow(null)).status).toBe("failed");
  expect(seen(span({ alert: "TooSlow" })).status).toBe("failed");
});

test.each<[string, History, string]>([
  [
    "fired already and does not end",
    watched({ spans: [span({ fromMs: -60_000 })] }),
    "RedisDown fired already when the watch began, and went on for 1 min 2 s, allowed are 20 s",
  ],
  ["no rules", watched({ rulesEvaluated: 0 }), "0 rules of alerts evaluated, needed 9"],
  ["too short", watched({ fromMs: -30_000 }), "42 s of quiet, needed 50 s"],
  ["nobody read the alerts", countedLoad({ quiet: null }), "the past of the alerts was not read"],
  ["nobody watched", countedLoad({}, { monitoring: null }), "the past of the alerts was not read"],
  [
    "a fault",
    countedLoad({}, { faults: [fault()] }),
    "a fault is on record: an alert would be right",
  ],
  [
    "no load",
    countedLoad({}, { operations: operations(10, 10) }),
    "10 requests answered, needed 1000",
  ],
  [
    "a generator that died",
    countedLoad({}, { generator: generator({ finished: false }) }),
    "the load generator did not finish its plan",
  ],
])("%s: unknown", (_, seen, evidence) => {
  expect(judge(seen)).toMatchObject({ status: "unknown", evidence });
});

test("the quiet time is told, and every alert that fired", () => {
  expect(told(judge(countedLoad()))).toEqual([
    "passed: no alert fired in 1 min 12 s, of 14 rules that could have",
    "alerts that fired: 0 of 14; at most 0",
    "quiet time: 1 min 12 s of 14",
  ]);
  const spans = [
    span({ fromMs: -60_000, toMs: -50_000 }),
    span(),
    span({ fromMs: 500, toMs: 500 }),
    span({ alert: "PostgresDown", fromMs: 800, toMs: 900 }),
    span({ alert: "Watchdog" }),
  ];
  expect(told(judge(watched({ spans })))).toEqual([
    "failed: RedisDown fired for 7 s, from -5.0 s on, and 1 more alerts",
    "alerts that fired: 2 of 14; at most 0",
    "quiet time: 1 min 2 s of 14",
    "witnesses: RedisDown fired for 10 s, from -60.0 s on | RedisDown fired for 7 s, from -5.0 s on | RedisDown fired for 0 ms, from 0.5 s on | PostgresDown fired for 100 ms, from 0.8 s on",
  ]);
  expect(judge(watched({ spans: spans.slice(1, 3) })).evidence).not.toContain("more alerts");
});

test("an alert begins with the watch or after it, and an earlier one ends in time or too late", () => {
  const early = (toMs: number, fromMs = -60_000) =>
    judge(watched({ spans: [span({ fromMs, toMs })] }));

  expect(early(-50_000).status).toBe("passed");
  expect(early(-50_000, -59_999).status).toBe("failed");
  const lenient = (toMs: number) =>
    quiet.judge(watched({ spans: [span({ fromMs: -60_000, toMs })] }), {
      ...objective,
      quietMsMin: 1,
    });
  expect(lenient(-40_000).status).toBe("passed");
  expect(lenient(-39_999)).toMatchObject({
    status: "unknown",
    evidence:
      "RedisDown fired already when the watch began, and went on for 20 s, allowed are 20 s",
  });
});

test("what always fires may have done so for ever, and the last of several earlier ones counts", () => {
  const always = span({ alert: "Watchdog", fromMs: -90_000, toMs: 12_000 });
  const spans = [
    always,
    span({ fromMs: -70_000, toMs: -45_000 }),
    span({ fromMs: -65_000, toMs: -55_000 }),
  ];

  expect(judge(watched({ spans })).evidence).toContain("no alert fired in 57 s");
});

test("exactly as many rules, answers and as much quiet as are needed are enough", () => {
  const limits = { ...objective, rulesMin: 14, quietMsMin: 72_000, operationsMin: 1_200 };
  const seen = countedLoad();

  expect(quiet.judge(seen, limits).status).toBe("passed");
  expect(quiet.judge(seen, { ...limits, rulesMin: 15 }).evidence).toBe(
    "14 rules of alerts evaluated, needed 15",
  );
  expect(quiet.judge(seen, { ...limits, quietMsMin: 72_001 }).status).toBe("unknown");
  expect(quiet.judge(seen, { ...limits, operationsMin: 1_201 }).status).toBe("unknown");
});

test("requests that failed are no load that was answered", () => {
  const failed = operations(1_200, 10, (sequence) => (sequence < 201 ? { outcome: "failed" } : {}));

  expect(judge(countedLoad({}, { operations: failed })).evidence).toBe(
    "999 requests answered, needed 1000",
  );
});
