import { expect, test } from "vitest";
import { fault, generator, history, operations } from "../hand-made.ts";
import type { History, Operation } from "../records.ts";
import { generatorValidity, slo } from "../slo.ts";
import type { SheddingObjective } from "../slo.ts";
import { told } from "../told.ts";
import { shedding } from "./shedding.ts";

const objective = slo.shedding;
const everyMs = 1_000 / 300;
const stall = fault({
  name: "stall the tables",
  replica: null,
  silences: false,
  injectedAtMs: 1_000,
  effectiveAtMs: 1_000,
  recoveredAtMs: 4_500,
  healedAtMs: 4_600,
});
/** The first 512 that come while nothing is answered wait, the others are refused. */
const firstRefused = 300 + objective.waitingMax;
const lastRefused = 1_350;

function overload(
  ofRefused: (operation: { intendedAtMs: number }) => Partial<Operation>,
  changes: Partial<History> = {},
) {
  const seen = operations(2_100, everyMs, (sequence) =>
    sequence >= firstRefused && sequence < lastRefused
      ? ofRefused({ intendedAtMs: sequence * everyMs })
      : {},
  );
  return shedding.judge(history({ operations: seen, faults: [stall], ...changes }), objective);
}

const refusedAfter =
  (durationMs: number) =>
  ({ intendedAtMs }: { intendedAtMs: number }): Partial<Operation> => ({
    outcome: "indeterminate",
    failureClass: "status",
    status: 503,
    sentAtMs: intendedAtMs + 1,
    endedAtMs: intendedAtMs + 1 + durationMs,
  });

test("whoever is too many and is refused at once is shed as promised", () => {
  const verdict = overload(refusedAfter(3));

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toContain("2.1 times the 512 that may wait; 538 were refused");
});

test("a system that lets everybody wait fails", () => {
  expect(overload(() => ({})).status).toBe("failed");
});

test("a refusal that comes late fails", () => {
  const verdict = overload(refusedAfter(objective.refusalMsMax + 1));

  expect(verdict.status).toBe("failed");
  expect(verdict.witnesses.length).toBeGreaterThan(0);
});

test("a generator that was held up cannot say that a refusal came late", () => {
  const late = refusedAfter(objective.refusalMsMax + 1);
  const heldUp = { generator: generator({ sendLagP99Ms: generatorValidity.sendLagMsMax }) };

  expect(overload(late, heldUp).status).toBe("unknown");
  expect(overload(refusedAfter(3), heldUp).status).toBe("passed");
});

test("another status is no refusal", () => {
  const broken = overload((operation) => ({ ...refusedAfter(3)(operation), status: 502 }));

  expect(broken.status).toBe("failed");
});

test("too little load, or a stall that nobody proved, is unknown", () => {
  const brief = { ...stall, recoveredAtMs: 2_500, healedAtMs: 2_600 };
  expect(overload(refusedAfter(3), { faults: [brief] }).status).toBe("unknown");

  const unproved = { ...stall, effectiveAtMs: null, proofs: [] };
  expect(overload(refusedAfter(3), { faults: [unproved] }).status).toBe("unknown");
  expect(overload(refusedAfter(3), { faults: [] }).status).toBe("unknown");
});

test("overload, refusals and how soon they came are told", () => {
  const slowOnes = overload((refused) =>
    refusedAfter(refused.intendedAtMs < 3_500 ? 3 : objective.refusalMsMax + 200)(refused),
  );

  expect(told(overload(refusedAfter(3)))).toEqual([
    "passed: 1,051 requests came while none could be answered, 2.1 times the 512 that may wait; 538 were refused, 95 % of them within 3 ms, allowed is 1 s",
    "requests of those that may wait: 2.1 times of 1051; at least 2 times",
    "refused: 538 of 1051; at least 300",
    "refused within, 95th percentile: 3 ms of 538; at most 1 s",
  ]);
  expect(told(slowOnes).slice(0, -1)).toEqual([
    "failed: 1,051 requests came while none could be answered, 2.1 times the 512 that may wait; 538 were refused, 95 % of them within 1.2 s, allowed is 1 s",
    "requests of those that may wait: 2.1 times of 1051; at least 2 times",
    "refused: 538 of 1051; at least 300",
    "refused within, 95th percentile: 1.2 s of 538; at most 1 s",
  ]);
});

test("exactly the promised overload, count and time are enough", () => {
  const refusals = lastRefused - firstRefused;
  // From 1 s to 4.5 s, both moments included: 1,051 at 300 per second.
  const offered = 1_051;
  const judgeWith = (limits: Partial<SheddingObjective>, afterMs = 3) => {
    const seen = operations(2_100, everyMs, (sequence) =>
      sequence >= firstRefused && sequence < lastRefused
        ? // Whole milliseconds, so that a difference of two is exact.
          refusedAfter(afterMs)({ intendedAtMs: Math.round(sequence * everyMs) })
        : {},
    );
    return shedding.judge(history({ operations: seen, faults: [stall] }), {
      ...objective,
      ...limits,
    }).status;
  };

  expect(judgeWith({ overloadMin: offered / objective.waitingMax })).toBe("passed");
  expect(judgeWith({ overloadMin: (offered + 1) / objective.waitingMax })).toBe("unknown");
  expect(judgeWith({ refusedMin: refusals })).toBe("passed");
  expect(judgeWith({ refusedMin: refusals + 1 })).toBe("failed");
  expect(judgeWith({}, objective.refusalMsMax)).toBe("passed");
});

test("any of the promised statuses is a refusal, and one that was never sent counts from its slot", () => {
  const other = overload((refused) => ({ ...refusedAfter(3)(refused), status: 429 }));
  expect(other.status).toBe("passed");

  const unsent = overload((refused) => ({
    ...refusedAfter(3)(refused),
    sentAtMs: null,
    endedAtMs: refused.intendedAtMs + 50,
  }));
  expect(unsent.evidence).toContain("95 % of them within 50 ms");
  expect(overload((refused) => ({ ...refusedAfter(3)(refused), status: null })).status).toBe(
    "failed",
  );
});

test("who was refused before or after the time without answers shows nothing about it", () => {
  const refusedOutside = operations(2_100, everyMs, (sequence) =>
    sequence < 299 || sequence > 1_351 ? refusedAfter(3)({ intendedAtMs: sequence * everyMs }) : {},
  );
  const seen = history({ operations: refusedOutside, faults: [stall] });

  expect(shedding.judge(seen, objective).evidence).toContain("; 0 were refused");
});

test.each<[string, Partial<History>, string]>([
  ["a dead generator", { generator: generator({ finished: false }) }, "did not finish its plan"],
  ["no fault", { faults: [] }, "no fault is on record"],
  ["a fault that nobody undid", { faults: [{ ...stall, recoveredAtMs: null }] }, "0 requests came"],
  [
    "late refusals of a generator that was held up",
    { generator: generator({ sendLagP99Ms: 101 }) },
    "the load generator sent 101 ms late",
  ],
])("%s: unknown", (_, changes, words) => {
  expect(overload(refusedAfter(objective.refusalMsMax + 1), changes)).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining(words),
  });
});
