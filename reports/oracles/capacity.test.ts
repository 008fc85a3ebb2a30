import { expect, test } from "vitest";
import { generator, history, operation, unmetBefore } from "../hand-made.ts";
import type { History, Operation } from "../records.ts";
import { slo } from "../slo.ts";
import { told } from "../told.ts";
import { capacity } from "./capacity.ts";

const stepMs = 4_000;
const objective = {
  ...slo.capacityCurve,
  ratePerSecondMin: 100,
  answerMsMax: 500,
  sampleSizeMin: 300,
};

/** Steps of 100, 200 and 300 requests per second; `change` bends operations by their rate. */
function stepped(
  change: (rate: number) => Partial<Operation> = () => ({}),
  changes: Partial<History> = {},
): History {
  const rates = [100, 200, 300];
  const made: Operation[] = [];
  for (const [index, rate] of rates.entries()) {
    for (let slot = 0; slot < (rate * stepMs) / 1_000; slot += 1) {
      const intendedAtMs = index * stepMs + (slot * 1_000) / rate;
      made.push(
        operation({
          sequence: made.length,
          intendedAtMs,
          endedAtMs: intendedAtMs + 20,
          ...change(rate),
        }),
      );
    }
  }
  return history({
    steps: rates.map((ratePerSecond, index) => ({
      fromMs: index * stepMs,
      toMs: (index + 1) * stepMs,
      ratePerSecond,
    })),
    operations: made,
    generator: generator({ scheduledCount: made.length }),
    ...changes,
  });
}

test("the highest rate is reported, and that no higher one was tried", () => {
  const verdict = capacity.judge(stepped(), objective);
  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toMatch(/^300 requests per second .* no higher rate was tried/);
  expect(verdict.measurements[0]).toMatchObject({ value: 300 });
  expect(verdict.measurements).toHaveLength(4);
});

test("errors, slow answers and a stack that fell behind end the curve", () => {
  const failing = stepped((rate) =>
    rate === 300 ? { outcome: "failed", failureClass: "status", status: 503 } : {},
  );
  expect(capacity.judge(failing, objective).evidence).toMatch(/^200 .* at 300 1,200 were not/);
  const slow = stepped((rate) => (rate === 200 ? { endedAtMs: 99_000 } : {}));
  expect(capacity.judge(slow, objective).evidence).toMatch(/^100 .* at 200 99 % took up to/);
  const whole = stepped();
  const cut = whole.operations.slice(0, 1_300);
  const behind = stepped(() => ({}), {
    operations: cut,
    generator: generator({ scheduledCount: cut.length }),
  });
  expect(capacity.judge(behind, objective).evidence).toMatch(/at 300 the stack fell behind/);
});

test("less than the promised rate fails", () => {
  const slow = stepped(() => ({ outcome: "failed", failureClass: "timeout", status: null }));
  const verdict = capacity.judge(slow, objective);
  expect(verdict.status).toBe("failed");
  expect(verdict.evidence).toMatch(/^0 requests per second/);
});

test("a generator that was late itself, or lost requests, decides nothing", () => {
  const late = stepped((rate) => {
    return rate === 100 ? { sentAtMs: 9_000, endedAtMs: 9_000 } : {};
  });
  expect(capacity.judge(late, objective)).toMatchObject({ status: "unknown" });
  expect(capacity.judge(late, objective).evidence).toMatch(/generator sent .* late/);
  const slow = stepped(() => ({ endedAtMs: 99_000 }));
  expect(capacity.judge(slow, objective).status).toBe("failed");
  const busy = stepped(() => ({ endedAtMs: 99_000 }), {
    generator: { ...slow.generator, controlP95Ms: 400 },
  });
  expect(capacity.judge(busy, objective)).toMatchObject({ status: "unknown" });
  const lost = stepped(() => ({}), { generator: generator({ scheduledCount: 5_000 }) });
  expect(capacity.judge(lost, objective).evidence).toMatch(/5,000 requests were scheduled/);
  expect(
    capacity.judge(
      stepped(() => ({}), { steps: [] }),
      objective,
    ).status,
  ).toBe("unknown");
});

test("the highest rate, what ended the curve and the percentiles are told", () => {
  const slow = stepped((rate) => (rate === 300 ? { endedAtMs: 99_000 } : {}));

  expect(told(capacity.judge(slow, objective))).toEqual([
    "passed: 200 requests per second were served without error, 99 % of them within 500 ms, and at 300 99 % took up to 1 min 31 s; promised are 100 or more",
    "highest rate that was served: 200 per second of 2400; at least 100 per second",
    "99th percentile at 100 per second: 20 ms of 400",
    "99th percentile at 200 per second: 20 ms of 800",
    "99th percentile at 300 per second: 1 min 31 s of 1200",
  ]);
});

test("exactly the promised rate and exactly the promised time are enough", () => {
  const failing = (rate: number): Partial<Operation> =>
    rate > 100 ? { outcome: "failed", failureClass: "status", status: 503 } : {};
  expect(capacity.judge(stepped(failing), objective)).toMatchObject({
    status: "passed",
    evidence: expect.stringMatching(/^100 requests per second/),
  });

  const tookMs = (latencyMs: number) => {
    const seen = stepped();
    const operations = seen.operations.map((one) => ({
      ...one,
      endedAtMs: one.intendedAtMs + latencyMs,
    }));
    return capacity.judge({ ...seen, operations }, objective);
  };
  expect(tookMs(500).status).toBe("passed");
  expect(tookMs(501)).toMatchObject({ status: "failed", evidence: expect.stringMatching(/^0 /) });
});

test("a step with as many requests as are needed counts, with one fewer it does not", () => {
  expect(capacity.judge(stepped(), { ...objective, sampleSizeMin: 400 }).status).toBe("passed");
  expect(capacity.judge(stepped(), { ...objective, sampleSizeMin: 401 }).evidence).toMatch(/^0 /);
});

test("a generator at the limit of its lateness is believed, beyond it is not", () => {
  const late = (lagMs: number) => {
    const seen = stepped();
    const operations = seen.operations.map((one) => ({
      ...one,
      sentAtMs: one.intendedAtMs + lagMs,
      endedAtMs: one.intendedAtMs + 900,
    }));
    return capacity.judge({ ...seen, operations }, objective);
  };

  expect(late(50).status).toBe("failed");
  expect(late(51)).toMatchObject({
    status: "unknown",
    evidence:
      "at 100 per second the load generator sent 51 ms late (99th percentile), allowed is 50 ms",
  });
});

test("a curve that was never tried up to the promise has not reached it", () => {
  const verdict = capacity.judge(stepped(), { ...objective, ratePerSecondMin: 301 });

  expect(verdict).toMatchObject({
    status: "failed",
    evidence: expect.stringContaining("no higher rate was tried; promised are 301 or more"),
  });
});

test("a step without any request ends the curve: nothing was answered", () => {
  const whole = stepped();
  const operations = whole.operations
    .filter(({ intendedAtMs }) => intendedAtMs < stepMs || intendedAtMs >= 2 * stepMs)
    .map((one, sequence) => ({ ...one, sequence }));
  const seen = {
    ...whole,
    operations,
    generator: generator({ scheduledCount: operations.length }),
  };
  const verdict = capacity.judge(seen, objective);

  expect(verdict.evidence).toMatch(/^100 .* at 200 nothing was answered/);
  expect(verdict.measurements.map(({ name }) => name)).toEqual([
    "highest rate that was served",
    "99th percentile at 100 per second",
    "99th percentile at 300 per second",
  ]);
});

test.each<[string, Partial<History>, string]>([
  [
    "a generator that died",
    { generator: generator({ finished: false }) },
    "did not finish its plan",
  ],
  ["a stack that was ill before", { steadyStates: unmetBefore }, "no steady state before"],
  ["no steps", { steps: [] }, "no step of the load was run to its end"],
  [
    "a load that broke off in its first step",
    { operations: stepped().operations.slice(0, 50) },
    "no step",
  ],
])("%s: unknown", (_, changes, words) => {
  expect(capacity.judge(stepped(undefined, changes), objective)).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining(words),
  });
});
