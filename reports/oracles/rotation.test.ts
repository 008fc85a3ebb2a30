import { expect, test } from "vitest";
import { fault, generator, history, operations, replicaNames, unmetBefore } from "../hand-made.ts";
import type { FaultWindow, History, Operation } from "../records.ts";
import { slo } from "../slo.ts";
import { told } from "../told.ts";
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
  ["an empty history", history({ faults: [fault()] }), "no answer names the replica that gave it"],
  ["no fault", returned(15_000, 1 / 3, { faults: [] }), "no fault is on record"],
  [
    "a fault without effect",
    withFault({ effectiveAtMs: null }),
    'it is not proved that "kill server-1" took effect on server-1: engine events saw die, exit code 137',
  ],
  [
    "a victim that was not silent",
    returned(15_000, 1 / 3, {
      faults: [fault({ healedAtMs, recoveredAtMs: 16_000 })],
    }),
    '"kill server-1" did not silence its target: server-1 answered request-1503 10 s after it',
  ],
  [
    "a target without a name in its answers",
    withFault({ replica: null }),
    "server-1 is not known by the name in its answers",
  ],
  [
    "a target that never healed",
    withFault({ healedAtMs: null }),
    "server-1 was not seen healthy again",
  ],
  [
    "a target that served nothing before",
    withFault({ replica: "dddddddddddd" }),
    "server-1 served nothing before the fault, so nothing can return",
  ],
  [
    "traffic that ended too early",
    returned(Number.POSITIVE_INFINITY, 0, { count: 2_700 }),
    "traffic ended 14 s after server-1 was healthy, 15 s are needed to say that it stayed away",
  ],
  [
    "an unmet steady state",
    returned(15_000, 1 / 3, { steadyStates: unmetBefore }),
    "no steady state before: replicas ready saw 2, allowed 3",
  ],
  [
    "an unhealthy generator",
    returned(15_000, 1 / 3, { generator: generator({ finished: false }) }),
    "the load generator did not finish its plan",
  ],
])("%s is unknown", (_, seen, evidence) => {
  expect(judge(seen)).toMatchObject({ status: "unknown", evidence });
});

test("delay and share of each return are told beside what is allowed", () => {
  expect(told(judge(returned(15_000)))).toEqual([
    "passed: server-1 back in rotation after being healthy 2.04 s, share of server-1 after its return 16.67 %; allowed 15 s",
    "server-1 back in rotation after being healthy: 2.04 s of 300; at most 15 s",
    "share of server-1 after its return: 16.67 % of 300; at least 16.67 %",
  ]);
  expect(told(judge(returned(Number.POSITIVE_INFINITY)))).toEqual([
    "failed: server-1 had no window of 3 s with 16.7 % or more for each of 3 replicas within 15 s of being healthy; it gave 0 of 1701 answers since",
    "witnesses: server-1",
  ]);
});

test("answers that failed, or that do not name their replica, are no part of a return", () => {
  const ofVictim = (bend: Partial<Operation>) => {
    const seen = returned(15_000);
    return judge({
      ...seen,
      operations: seen.operations.map((operation) =>
        operation.endedAtMs > 13_000 && operation.replica === replicaNames[0]
          ? { ...operation, ...bend }
          : operation,
      ),
    });
  };

  expect(ofVictim({ outcome: "failed" })).toMatchObject({
    status: "failed",
    evidence: expect.stringContaining("it gave 0 of"),
  });
  expect(ofVictim({ replica: null }).status).toBe("failed");
  const nameless = operations(3_000, 10, () => ({ replica: null }));
  expect(judge(returned(15_000, 1 / 3, { operations: nameless })).evidence).toBe(
    "no answer names the replica that gave it",
  );
});

test("a target that answered only after the fault had served nothing before", () => {
  const seen = returned(15_000);
  const operations = seen.operations.map((operation) =>
    operation.endedAtMs < 5_000 && operation.replica === replicaNames[0]
      ? { ...operation, replica: replicaNames[1] }
      : operation,
  );

  expect(judge({ ...seen, operations })).toMatchObject({
    status: "unknown",
    evidence: "server-1 served nothing before the fault, so nothing can return",
  });
});

test("traffic up to the limit is long enough to say that a replica stayed away", () => {
  const untilMs = healedAtMs + objective.afterHealedMsMax;
  const count = untilMs / 10;

  expect(judge(returned(Number.POSITIVE_INFINITY, 0, { count })).status).toBe("failed");
  expect(judge(returned(Number.POSITIVE_INFINITY, 0, { count: count - 1 })).status).toBe("unknown");
  expect(judge(returned(15_000, 1 / 3, { count: 2_000 })).status).toBe("passed");
});
