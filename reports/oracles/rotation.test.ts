import { expect, test } from "vitest";
import { fault, generator, history, operations, replicaNames, unmetBefore } from "../hand-made.ts";
import type { FaultWindow, History, Operation } from "../records.ts";
import { slo } from "../slo.ts";
import { rotation } from "./rotation.ts";

const objective = slo.replicaBackInRotation;
const healedAtMs = 13_000;

/** 100 a second; the victim is silent from 5 s until it answers again, if ever, with `share`. */
function returned(
  backAtMs: number,
  share = 1 / 3,
  { count = 3_000, ...changes }: Partial<History> & { readonly count?: number } = {},
): History {
  const recorded = operations(count, 10, (sequence) => {
    const atMs = sequence * 10;
    if (atMs < 5_000) return {};
    const turn = (sequence * 7_919) % 1_000;
    const own = atMs >= backAtMs && turn < share * 1_000;
    const other = sequence % 2 === 0 ? replicaNames[1] : replicaNames[2];
    return { replica: own ? replicaNames[0] : other };
  });
  return history({ operations: recorded, faults: [fault({ healedAtMs })], ...changes });
}

const judge = (seen: History) => rotation.judge(seen, objective);
const withFault = (changes: Partial<FaultWindow>) =>
  returned(15_000, 1 / 3, { faults: [fault({ healedAtMs, ...changes })] });

test("a replica that serves a third again passes and says how soon", () => {
  const verdict = judge(returned(15_000));

  expect(verdict.status).toBe("passed");
  const [delay] = verdict.measurements;
  // It answers from 15 s on, two seconds after it was healthy, though half of a fair share in
  // three seconds is already reached by a window that begins before that.
  expect(delay?.value).toBeGreaterThanOrEqual(2_000);
  expect(delay?.value).toBeLessThan(2_100);
});

test("a replica that stays away fails", () => {
  const verdict = judge(returned(Number.POSITIVE_INFINITY));

  expect(verdict).toMatchObject({ status: "failed", witnesses: ["server-1"] });
  expect(verdict.evidence).toContain("it gave 0 of");
});

test("a replica that comes back too late fails", () => {
  expect(judge(returned(healedAtMs + objective.afterHealedMsMax)).status).toBe("failed");
});

test("half of a fair share is enough, clearly less is not", () => {
  expect(judge(returned(healedAtMs, 0.18)).status).toBe("passed");
  expect(judge(returned(healedAtMs, 0.14)).status).toBe("failed");
});

test("another replica that vanished meanwhile fails", () => {
  const seen = returned(15_000);
  const onlyTwo = seen.operations.map((operation): Operation =>
    operation.intendedAtMs > 5_000 && operation.replica === replicaNames[2]
      ? { ...operation, replica: replicaNames[1] }
      : operation,
  );

  expect(judge({ ...seen, operations: onlyTwo }).status).toBe("failed");
});

test.each([
  ["an empty history", history({ faults: [fault()] })],
  ["no fault", returned(15_000, 1 / 3, { faults: [] })],
  ["a fault without effect", withFault({ effectiveAtMs: null })],
  [
    "a victim that was not silent",
    returned(15_000, 1 / 3, {
      faults: [fault({ healedAtMs, recoveredAtMs: 16_000 })],
    }),
  ],
  ["a target without a name in its answers", withFault({ replica: null })],
  ["a target that never healed", withFault({ healedAtMs: null })],
  ["a target that served nothing before", withFault({ replica: "dddddddddddd" })],
  ["traffic that ended too early", returned(Number.POSITIVE_INFINITY, 0, { count: 2_700 })],
  ["an unmet steady state", returned(15_000, 1 / 3, { steadyStates: unmetBefore })],
  [
    "an unhealthy generator",
    returned(15_000, 1 / 3, { generator: generator({ finished: false }) }),
  ],
])("%s is unknown", (_, seen) => {
  expect(judge(seen).status).toBe("unknown");
});
