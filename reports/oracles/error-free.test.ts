import { expect, test } from "vitest";
import { generator, history, operations, unmetBefore } from "../hand-made.ts";
import type { GatewayLine, History, Operation } from "../records.ts";
import { slo } from "../slo.ts";
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
  ["an empty history", history()],
  ["one request too few", load(() => ({}), {}, 2_999)],
  [
    "a slot that was never recorded",
    load(() => ({}), { generator: generator({ scheduledCount: 3_001 }) }),
  ],
  ["a slot recorded twice", load((sequence) => ({ sequence: sequence === 7 ? 6 : sequence }))],
  [
    "an unhealthy generator",
    load(() => ({}), {
      generator: generator({ scheduledCount: 3_000, achievedRatePerSecond: 90 }),
    }),
  ],
  ["an unmet steady state", load(() => ({}), { steadyStates: unmetBefore })],
])("%s is unknown", (_, seen) => {
  expect(errorFree.judge(seen, objective).status).toBe("unknown");
});
