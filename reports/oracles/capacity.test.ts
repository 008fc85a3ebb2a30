import { expect, test } from "vitest";
import { generator, history, operation } from "../hand-made.ts";
import type { History, Operation } from "../records.ts";
import { slo } from "../slo.ts";
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
