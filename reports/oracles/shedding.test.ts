import { expect, test } from "vitest";
import { fault, generator, history, operations } from "../hand-made.ts";
import type { History, Operation } from "../records.ts";
import { generatorValidity, slo } from "../slo.ts";
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
