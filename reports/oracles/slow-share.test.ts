import { expect, test } from "vitest";
import { generator, history, operations, unmetBefore } from "../hand-made.ts";
import type { Operation } from "../records.ts";
import { slo } from "../slo.ts";
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
  ["an empty history", history()],
  ["one request too few", history({ operations: assets(2_999) })],
  ["slow answers to a lagging generator", slowBentBy({ sendLagP99Ms: 10.1 })],
  ["slow answers to a stalled generator", slowBentBy({ eventLoopDelayP99Ms: 20.1 })],
  ["a slow generator", bentBy({ achievedRatePerSecond: 98.9 })],
  ["an unfinished generator", bentBy({ finished: false })],
  ["an unmet steady state", history({ operations: assets(3_000), steadyStates: unmetBefore })],
])("%s is unknown", (_, seen) => {
  expect(slowShare.judge(seen, objective).status).toBe("unknown");
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
