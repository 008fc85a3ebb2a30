import { expect, test } from "vitest";
import { generator, history, operations, unmetBefore } from "../hand-made.ts";
import type { GatewayLine, History, Operation } from "../records.ts";
import { slo } from "../slo.ts";
import { told } from "../told.ts";
import { errorFree } from "./error-free.ts";

const objective = { ...slo.sustainedThroughput, sampleSizeMin: 3_000 };

function load(
  bend: (sequence: number) => Partial<Operation> = () => ({}),
  changes: Partial<History> = {},
  count = 3_000,
) {
  return history({ operations: operations(count, 1_000 / 110, bend), ...changes });
}

function lines(seen: readonly Operation[]): readonly GatewayLine[] {
  return seen.map(({ requestId, replica }) => ({
    requestId,
    status: 200,
    upstreamAddresses: [`10.0.0.2:${replica}`],
    upstreamStatuses: ["200"],
  }));
}

test("a load without error passes and says what zero errors can mean", () => {
  const verdict = errorFree.judge(load(), objective);

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toContain("0 errors (0 indeterminate) and 0 dropped of 3,000 requests");
  expect(verdict.evidence).toContain("below 0.10 % (95 %)");
  expect(verdict.measurements).toContainEqual(
    expect.objectContaining({
      name: "errors and dropped",
      value: 0,
      unit: "",
      sampleSize: 3_000,
      limit: { rule: "at most", value: 0 },
    }),
  );
});

test.each<Partial<Operation>>([
  { outcome: "failed", failureClass: "refused", status: null },
  { outcome: "indeterminate", failureClass: "status", status: 502 },
  { outcome: "indeterminate", failureClass: "truncated" },
  { outcome: "dropped", failureClass: "cap-reached", sentAtMs: null, status: null },
])("a single request that is not ok fails: %o", (bent) => {
  const verdict = errorFree.judge(
    load((sequence) => (sequence === 1_234 ? bent : {})),
    objective,
  );

  expect(verdict.status).toBe("failed");
  expect(verdict.witnesses).toEqual(["request-1234"]);
});

test("a queue that grows until fewer than 100 a second are served fails without one error", () => {
  const queueing = load((sequence) => ({ endedAtMs: sequence * 11 }));

  const verdict = errorFree.judge(queueing, objective);

  expect(verdict.status).toBe("failed");
  expect(verdict.evidence).toContain("90.9 served per second");
});

test("exactly the promised rate passes, a hair below is unknown", () => {
  const sent = (achievedRatePerSecond: number) =>
    load(() => ({}), {
      generator: generator({
        scheduledCount: 3_000,
        plannedRatePerSecond: 100,
        achievedRatePerSecond,
      }),
    });

  expect(errorFree.judge(sent(100), objective).status).toBe("passed");
  expect(errorFree.judge(sent(99.9), objective).status).toBe("unknown");
});

test("the gateway's log confirms every answered request", () => {
  const seen = load();
  const whole = lines(seen.operations);

  expect(errorFree.judge({ ...seen, gatewayLines: whole }, objective).status).toBe("passed");
  expect(errorFree.judge({ ...seen, gatewayLines: whole.slice(1) }, objective)).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining("1 of 3,000 answered requests"),
  });
  const doubled = [...whole, ...whole.slice(0, 1)];
  expect(errorFree.judge({ ...seen, gatewayLines: doubled }, objective).status).toBe("unknown");
});

test.each([
  ["an empty history", history(), "0 requests recorded, 3,000 are needed"],
  ["one request too few", load(() => ({}), {}, 2_999), "2,999 requests recorded, 3,000 are needed"],
  [
    "a slot that was never recorded",
    load(() => ({}), { generator: generator({ scheduledCount: 3_001 }) }),
    "3,001 requests were scheduled and 3,000 recorded",
  ],
  [
    "a slot recorded twice",
    load((sequence) => ({ sequence: sequence === 7 ? 6 : sequence })),
    "slot 7 of the schedule is not on record",
  ],
  [
    "an unhealthy generator",
    load(() => ({}), {
      generator: generator({ scheduledCount: 3_000, achievedRatePerSecond: 90 }),
    }),
    "the load generator sent 90.0 requests per second, planned were 100.0",
  ],
  [
    "an unmet steady state",
    load(() => ({}), { steadyStates: unmetBefore }),
    "no steady state before: replicas ready saw 2, allowed 3",
  ],
])("%s is unknown", (_, seen, evidence) => {
  expect(errorFree.judge(seen, objective)).toMatchObject({ status: "unknown", evidence });
});

test("errors, dropped slots, rate and latencies are told as they are", () => {
  const bends: Readonly<Record<number, Partial<Operation>>> = {
    5: { outcome: "failed", failureClass: "refused", status: null },
    6: { outcome: "indeterminate", failureClass: "timeout", status: null },
    7: { outcome: "indeterminate", failureClass: "truncated" },
    8: { outcome: "dropped", failureClass: "cap-reached", sentAtMs: null, status: null },
  };
  const seen = load((sequence) => {
    const intendedAtMs = 5_000 + sequence * 9;
    const tookMs = sequence % 50 === 0 ? 80 : 20 + (sequence % 3);
    return { intendedAtMs, endedAtMs: intendedAtMs + tookMs, ...bends[sequence] };
  });

  expect(told(errorFree.judge(seen, objective))).toEqual([
    "failed: 3 errors (2 indeterminate) and 1 dropped of 3,000 requests, 110.9 served per second, allowed are 0 at 100 or more; the true error share is below 0.30 % (95 %)",
    "errors and dropped: 4 of 3000; at most 0; 0.05 % to 0.30 %, 95 % bounds of the true share",
    "served rate: 110.9 per second of 3000; at least 100 per second",
    "error share, 95 % upper bound: 0.30 % of 3000",
    "latency, median: 21 ms of 2996",
    "latency, 99th percentile: 80 ms of 2996",
    "witnesses: request-5 | request-6 | request-7 | request-8",
  ]);
});

test("a load that was served at exactly the promised rate passes", () => {
  const exact = history({ operations: operations(3_000, 10) });

  expect(errorFree.judge(exact, objective).status).toBe("passed");
  expect(errorFree.judge(exact, { ...objective, ratePerSecondMin: 100.01 }).status).not.toBe(
    "passed",
  );
});

test("where nothing was answered no latency is told, and what took no time has no rate", () => {
  const none = load(() => ({ outcome: "failed", failureClass: "refused", status: null }));
  const names = errorFree.judge(none, objective).measurements.map(({ name }) => name);

  expect(names).toEqual(["errors and dropped", "served rate", "error share, 95 % upper bound"]);
  const instant = load(() => ({ intendedAtMs: 0, endedAtMs: 0 }));
  expect(errorFree.judge(instant, objective)).toMatchObject({
    status: "failed",
    evidence: expect.stringContaining(" 0.0 served per second"),
  });
});
