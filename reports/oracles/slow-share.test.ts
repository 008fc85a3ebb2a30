import { expect, test } from "vitest";
import { generator, history, operations, unmetBefore } from "../hand-made.ts";
import type { Operation } from "../records.ts";
import { slo } from "../slo.ts";
import { shareLowerBound, shareUpperBound } from "../statistics.ts";
import { told } from "../told.ts";
import { slowShare } from "./slow-share.ts";

const objective = slo.staticFirstByteIdle;

function assets(count: number, bend: (sequence: number) => Partial<Operation> = () => ({})) {
  return operations(count, 5, (sequence) => ({ label: objective.label, ...bend(sequence) }));
}

function withSlow(slowCount: number, count = 3_000) {
  return assets(count, (sequence) =>
    sequence < slowCount
      ? { firstByteAtMs: sequence * 5 + 101, endedAtMs: sequence * 5 + 102 }
      : {},
  );
}

test.each([
  { slow: 0, status: "passed" },
  { slow: 20, status: "passed" },
  { slow: 21, status: "unknown" },
  { slow: 43, status: "unknown" },
  { slow: 44, status: "failed" },
  { slow: 3_000, status: "failed" },
])("$slow of 3,000 slow requests are $status at a budget of 1 %", ({ slow, status }) => {
  const verdict = slowShare.judge(history({ operations: withSlow(slow) }), objective);

  expect(verdict).toMatchObject({ oracle: "slow-share", objective: objective.id, status });
  expect(verdict.evidence).toContain("of 3,000 requests");
  expect(verdict.witnesses).toHaveLength(Math.min(20, slow));
});

test("an answer after exactly the limit is in time, a fraction later is not", () => {
  const answered = (latencyMs: number) =>
    assets(3_000, (sequence) => ({ firstByteAtMs: sequence * 5 + latencyMs }));

  expect(slowShare.judge(history({ operations: answered(100) }), objective).status).toBe("passed");
  expect(slowShare.judge(history({ operations: answered(100.1) }), objective).status).toBe(
    "failed",
  );
});

test("latency counts from the intended moment, not from the late sending", () => {
  const queued = assets(3_000, (sequence) => ({
    sentAtMs: sequence * 5 + 150,
    firstByteAtMs: sequence * 5 + 151,
    endedAtMs: sequence * 5 + 152,
  }));

  expect(slowShare.judge(history({ operations: queued }), objective).status).toBe("failed");
});

test.each<Partial<Operation>>([
  { outcome: "failed", failureClass: "refused", firstByteAtMs: null },
  { outcome: "indeterminate", failureClass: "status", status: 502 },
  { outcome: "dropped", failureClass: "cap-reached", sentAtMs: null, firstByteAtMs: null },
  { firstByteAtMs: null },
])("a request that did not succeed is slow: %o", (bent) => {
  const recorded = assets(3_000, (sequence) => (sequence < 44 ? bent : {}));

  expect(slowShare.judge(history({ operations: recorded }), objective).status).toBe("failed");
});

test("requests of other labels do not count", () => {
  const others = operations(3_000, 5);

  expect(slowShare.judge(history({ operations: others }), objective).status).toBe("unknown");
});

test.each([
  ["an empty history", history(), '0 requests of "static asset" were recorded, 3,000 are needed'],
  [
    "one request too few",
    history({ operations: assets(2_999) }),
    '2,999 requests of "static asset" were recorded, 3,000 are needed',
  ],
  [
    "slow answers to a lagging generator",
    slowBentBy({ sendLagP99Ms: 10.1 }),
    "the load generator sent 10 ms late (99th percentile), allowed is 10 ms",
  ],
  [
    "slow answers to a stalled generator",
    slowBentBy({ eventLoopDelayP99Ms: 20.1 }),
    "the load generator's event loop stood still for 20 ms (99th percentile), allowed is 20 ms",
  ],
  [
    "a slow generator",
    bentBy({ achievedRatePerSecond: 98.9 }),
    "the load generator sent 98.9 requests per second, planned were 100.0",
  ],
  [
    "an unfinished generator",
    bentBy({ finished: false }),
    "the load generator did not finish its plan",
  ],
  [
    "an unmet steady state",
    history({ operations: assets(3_000), steadyStates: unmetBefore }),
    "no steady state before: replicas ready saw 2, allowed 3",
  ],
])("%s is unknown", (_, seen, evidence) => {
  expect(slowShare.judge(seen, objective)).toMatchObject({ status: "unknown", evidence });
});

test("a generator at its limits is still believed when answers are slow", () => {
  const health = { sendLagP99Ms: 10, eventLoopDelayP99Ms: 20, achievedRatePerSecond: 99 };

  expect(slowShare.judge(slowBentBy(health), objective).status).toBe("failed");
});

test("delays of the generator cannot have made a fast answer, nor a failed request", () => {
  const lagging = { sendLagP99Ms: 90 };
  const failing = history({
    operations: assets(3_000, (sequence) => (sequence < 60 ? { outcome: "failed" } : {})),
    generator: generator(lagging),
  });

  expect(slowShare.judge(bentBy(lagging), objective).status).toBe("passed");
  expect(slowShare.judge(failing, objective).status).toBe("failed");
});

test("new and kept connections are reported apart", () => {
  const mixed = assets(3_000, (sequence) =>
    sequence < 3 ? { reusedSocket: false, firstByteAtMs: sequence * 5 + 40 } : {},
  );

  const { measurements } = slowShare.judge(history({ operations: mixed }), objective);

  expect(measurements).toContainEqual({
    name: "first byte on a new connection, median",
    value: 40,
    unit: "ms",
    sampleSize: 3,
  });
  expect(measurements).toContainEqual({
    name: "first byte on a kept connection, 99th percentile",
    value: 9,
    unit: "ms",
    sampleSize: 2_997,
  });
});

function bentBy(health: Parameters<typeof generator>[0]) {
  return history({ operations: assets(3_000), generator: generator(health) });
}

/** One answer in sixty comes four times as late as allowed. */
function slowBentBy(health: Parameters<typeof generator>[0]) {
  const operations = assets(3_000, (sequence) =>
    sequence % 60 === 0 ? { firstByteAtMs: sequence * 5 + 400 } : {},
  );
  return history({ operations, generator: generator(health) });
}

test("shares, bounds and percentiles are told, of kept and of new connections", () => {
  const seen = assets(3_000, (sequence) => {
    if (sequence === 4) return { outcome: "failed", failureClass: "refused", firstByteAtMs: null };
    if (sequence === 5) return { outcome: "failed", failureClass: "status", reusedSocket: false };
    if (sequence === 6) return { firstByteAtMs: null };
    const latencyMs = sequence % 150 === 1 ? 140 : 5 + (sequence % 4);
    return { firstByteAtMs: sequence * 5 + latencyMs, reusedSocket: sequence % 10 !== 0 };
  });

  expect(told(slowShare.judge(history({ operations: seen }), objective))).toEqual([
    "unknown: 23 of 3,000 requests (0.77 %) were slower than 100 ms or failed (2 failed); the true share is below 1.08 % (95 %) and above 0.44 % (99 %), allowed is 1.00 %; first byte after 7 ms (median), 8 ms (99th percentile)",
    "slow share: 0.77 % of 3000",
    "slow share, 95 % upper bound: 1.08 % of 3000; at most 1.00 %; 0.44 % to 1.08 %, 99 % lower and 95 % upper bound of the true share",
    "first byte on a kept connection, median: 7 ms of 2697",
    "first byte on a kept connection, 99th percentile: 8 ms of 2697",
    "first byte on a new connection, median: 5 ms of 300",
    "first byte on a new connection, 99th percentile: 7 ms of 300",
    "witnesses: request-1 | request-4 | request-5 | request-6 | request-151 | request-301 | request-451 | request-601 | request-751 | request-901 | request-1051 | request-1201 | request-1351 | request-1501 | request-1651 | request-1801 | request-1951 | request-2101 | request-2251 | request-2401",
  ]);
});

test("a kind of connection that nobody used has no percentiles", () => {
  const { measurements } = slowShare.judge(history({ operations: assets(3_000) }), objective);

  expect(measurements.map(({ name }) => name)).toEqual([
    "slow share",
    "slow share, 95 % upper bound",
    "first byte on a kept connection, median",
    "first byte on a kept connection, 99th percentile",
  ]);
});

test("the bounds decide at exactly the budget: the upper one may reach it, the lower one not", () => {
  const verdictAt = (slowShareMax: number) =>
    slowShare.judge(history({ operations: withSlow(30) }), { ...objective, slowShareMax }).status;
  const upper = shareUpperBound(30, 3_000, 0.95);
  const lower = shareLowerBound(30, 3_000, 0.99);

  expect(verdictAt(upper)).toBe("passed");
  expect(verdictAt(upper * 0.999)).toBe("unknown");
  expect(verdictAt(lower)).toBe("unknown");
  expect(verdictAt(lower * 0.999)).toBe("failed");
});

test("failures alone decide only above the budget, whatever the generator did meanwhile", () => {
  const failing = history({
    operations: assets(3_000, (sequence) => (sequence < 30 ? { outcome: "failed" } : {})),
    generator: generator({ sendLagP99Ms: 90 }),
  });
  const verdictAt = (slowShareMax: number) =>
    slowShare.judge(failing, { ...objective, slowShareMax }).status;
  const lower = shareLowerBound(30, 3_000, 0.99);

  expect(verdictAt(lower)).toBe("unknown");
  expect(verdictAt(lower * 0.999)).toBe("failed");
});
