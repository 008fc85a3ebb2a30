import { expect, test } from "vitest";
import {
  askedOnce,
  fault,
  generator,
  history,
  operations,
  replicaNames,
  unmetBefore,
  write,
} from "../hand-made.ts";
import type { FaultWindow, History, Operation } from "../records.ts";
import { slo } from "../slo.ts";
import { told } from "../told.ts";
import { availability } from "./availability.ts";

const objective = slo.availabilityWhileReplicaKilled;

/** 100 a second for 30 s, each fifth a write; the victim is silent from 5.1 s to 13 s. */
function killed(
  bend: (operation: Operation) => Partial<Operation> = () => ({}),
  changes: Partial<History> = {},
): History {
  const recorded = operations(3_000, 10, (sequence) =>
    sequence % 5 === 0 ? asWrite(sequence) : {},
  )
    .map((operation) => ({ ...operation, ...awayFromVictim(operation) }))
    .map((operation) => ({ ...operation, ...bend(operation) }));
  const gatewayLines = recorded.map(askedOnce);
  return history({ operations: recorded, faults: [fault()], gatewayLines, ...changes });
}

function asWrite(sequence: number): Partial<Operation> {
  const { label, method, status, idempotencyKey, payloadHash } = write({ sequence });
  return { label, method, status, idempotencyKey, payloadHash };
}

function awayFromVictim({ replica, intendedAtMs }: Operation): Partial<Operation> {
  const away = intendedAtMs > 4_990 && intendedAtMs < 13_000;
  return away && replica === replicaNames[0] ? { replica: replicaNames[1] } : {};
}

const judge = (seen: History) => availability.judge(seen, objective);
const only = (sequence: number, change: Partial<Operation>) => (operation: Operation) =>
  operation.sequence === sequence ? change : {};
const withFault = (changes: Partial<FaultWindow>) =>
  killed(undefined, { faults: [fault(changes)] });

test("a kill that no client noticed passes", () => {
  const verdict = judge(killed());

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toContain("0 failed requests of 3,000");
  expect(verdict.measurements).toContainEqual(
    expect.objectContaining({
      name: "failed requests",
      value: 0,
      unit: "",
      sampleSize: 3_000,
      limit: { rule: "at most", value: 0 },
    }),
  );
});

test.each<[string, number, Partial<Operation>]>([
  ["a read refused during the fault", 601, { outcome: "failed", failureClass: "refused" }],
  ["a write answered 502 during the fault", 600, { outcome: "indeterminate", status: 502 }],
  ["a slot that was never sent", 700, { outcome: "dropped", sentAtMs: null, replica: null }],
  ["a failure before the fault", 10, { outcome: "failed", failureClass: "status", status: 500 }],
  ["a failure after healing", 2_500, { outcome: "indeterminate", failureClass: "timeout" }],
])("%s fails", (_, sequence, change) => {
  const verdict = judge(killed(only(sequence, change)));

  expect(verdict.status).toBe("failed");
  expect(verdict.witnesses).toEqual([`request-${sequence}`]);
});

test("a request that was sent before the kill and broke after it belongs to the fault", () => {
  const broken = { endedAtMs: 5_001, outcome: "indeterminate" } as const;

  expect(judge(killed(only(498, broken))).evidence).toContain("0 before, 1 during, 0 after");
});

test("failures of methods that are not promised do not count", () => {
  const deleted = { method: "DELETE", outcome: "failed" } as const;

  expect(judge(killed(only(601, deleted))).status).toBe("passed");
});

test("a slow answer during the fault fails, exactly the limit does not", () => {
  const slow = (latencyMs: number) =>
    judge(killed(only(601, { sentAtMs: 6_011, endedAtMs: 6_010 + latencyMs }))).status;

  expect(slow(1_000)).toBe("passed");
  expect(slow(1_000.1)).toBe("failed");
});

test("a slow answer that left late because the machine stood still is in doubt", () => {
  const slow = only(601, { sentAtMs: 6_950, endedAtMs: 7_100 });

  expect(judge(killed(slow))).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining("the machine stood still around every slow answer"),
  });
});

test("a slow answer to a lagging generator is in doubt, a failed request is not", () => {
  const lagging = { generator: generator({ scheduledCount: 3_000, sendLagP99Ms: 101 }) };
  const slow = only(601, { sentAtMs: 6_950, endedAtMs: 7_100 });
  const failed = only(601, { outcome: "failed" });

  expect(judge(killed(slow, lagging)).status).toBe("unknown");
  expect(judge(killed(failed, lagging)).status).toBe("failed");
  expect(judge(killed(undefined, lagging)).status).toBe("passed");
});

test("failures by time on a machine without processors are in doubt, all others fail", () => {
  const starved = (share: number) => ({
    generator: generator({ scheduledCount: 3_000, idleShare: share }),
  });
  const late = only(601, { outcome: "failed", failureClass: "status", status: 503 });
  const silent = only(601, { outcome: "failed", failureClass: "timeout" });
  const broken = only(601, { outcome: "failed", failureClass: "status", status: 502 });

  expect(judge(killed(late, starved(0.019)))).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining("2.00 % are needed to lay failures by time to the stack"),
  });
  expect(judge(killed(silent, starved(0.019))).status).toBe("unknown");
  expect(judge(killed(late, starved(0.02))).status).toBe("failed");
  expect(judge(killed(broken, starved(0))).status).toBe("failed");
  const unsent = { generator: generator({ scheduledCount: 3_001, idleShare: 0 }) };
  expect(judge(killed(late, unsent)).status).toBe("failed");
});

test("a slow answer that ended before the fault is not its doing", () => {
  expect(judge(killed(only(100, { endedAtMs: 3_000 }))).status).toBe("passed");
});

const line = (requestId: string, upstreamAddresses: readonly string[]) => ({
  requestId,
  status: 200,
  upstreamAddresses,
  upstreamStatuses: upstreamAddresses.map(() => "200"),
});
/** So many of all requests were sent to the victim first; 800 overlapped the fault. */
const retried = (count: number) => {
  const seen = killed();
  const gatewayLines = seen.operations.map(({ requestId }, index) =>
    line(requestId, index < count ? ["a", "b"] : ["b"]),
  );
  return { ...seen, gatewayLines };
};

test("retries are counted where the gateway's log was read", () => {
  expect(judge(retried(5)).measurements).toContainEqual({
    name: "retried by the gateway",
    value: 5,
    unit: "",
    sampleSize: 3_000,
  });
  const unread = judge(killed(undefined, { gatewayLines: [] }));
  expect(unread.measurements.map(({ name }) => name)).not.toContain("retried by the gateway");
  expect(unread).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining("the gateway's log could not be read"),
  });
});

test("a gateway that goes on asking the dead replica fails, one that had to learn it does not", () => {
  const during = 801;
  const inFlight = 7;
  const allowed = Math.floor(during / 10) + inFlight;

  expect(judge(retried(allowed))).toMatchObject({
    status: "passed",
    evidence: expect.stringContaining("; 80 asked a replica first that was away, allowed 80"),
  });
  expect(judge(retried(allowed + 1)).status).toBe("failed");
  expect(judge(retried(allowed + 1)).measurements).toContainEqual({
    name: "asked in vain by the gateway",
    value: 81,
    unit: "",
    sampleSize: 3_000,
    limit: { rule: "at most", value: expect.closeTo(during / 10) },
  });
});

test("where no share is promised, retries are a number and nothing more", () => {
  const { retriedShareMax: _share, ...unlimited } = objective;
  const verdict = availability.judge(retried(3_000), unlimited);

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).not.toContain("asked a replica first");
  expect(availability.judge(killed(undefined, { gatewayLines: null }), unlimited).status).toBe(
    "passed",
  );
});

test("slots without a record count as failed", () => {
  const seen = killed(undefined, { generator: generator({ scheduledCount: 3_002 }) });

  expect(judge(seen)).toMatchObject({
    status: "failed",
    evidence: expect.stringContaining("2 failed requests of 3,002"),
  });
});

test("missed slots are a number of their own, and dropped ones have no method", () => {
  const seen = killed(only(700, { outcome: "dropped", method: "", sentAtMs: null }), {
    generator: generator({ scheduledCount: 3_002 }),
  });

  const verdict = judge(seen);

  expect(verdict.status).toBe("failed");
  expect(verdict.witnesses).toEqual(["request-700"]);
  expect(verdict.evidence).toContain("3 failed requests of 3,002 (GET 0, POST 0, unsent 3;");
  expect(verdict.measurements).toContainEqual({
    name: "missed slots",
    value: 3,
    unit: "",
    sampleSize: 3_002,
  });
});

/** Kills of one replica after the other, 2 s each, 7 s apart. */
function threeKills(bend: (operation: Operation) => Partial<Operation> = () => ({})): History {
  const faults = [5_000, 12_000, 19_000].map((injectedAtMs, index) =>
    fault({
      target: `server-${index + 1}`,
      replica: replicaNames[index] ?? null,
      injectedAtMs,
      effectiveAtMs: injectedAtMs + 100,
      recoveredAtMs: injectedAtMs + 1_000,
      healedAtMs: injectedAtMs + 2_000,
      inFlightAtInjection: 7 - index,
    }),
  );
  const survivors = (operation: Operation): Partial<Operation> => {
    const index = faults.findIndex(
      ({ injectedAtMs, replica }) =>
        operation.replica === replica &&
        operation.endedAtMs > injectedAtMs &&
        operation.endedAtMs < injectedAtMs + 2_000,
    );
    return index < 0 ? {} : { replica: replicaNames[(index + 1) % 3] ?? null };
  };
  const recorded = operations(3_000, 10, (sequence) =>
    sequence % 5 === 0 ? asWrite(sequence) : {},
  )
    .map((operation) => ({ ...operation, ...survivors(operation) }))
    .map((operation) => ({ ...operation, ...bend(operation) }));
  const gatewayLines = recorded.map(askedOnce);
  return history({ operations: recorded, gatewayLines, faults });
}

test("three kills in one history pass, with the fewest in flight of them", () => {
  const verdict = judge(threeKills());

  expect(verdict.status).toBe("passed");
  expect(verdict.measurements).toContainEqual(
    expect.objectContaining({
      name: "in flight at the injection",
      value: 5,
      unit: "",
      sampleSize: 3,
      limit: { rule: "at least", value: objective.inFlightMin },
    }),
  );
});

test("a failure in any of three windows, or between them, fails", () => {
  for (const sequence of [601, 1_001, 2_001]) {
    expect(judge(threeKills(only(sequence, { outcome: "failed" }))).status).toBe("failed");
  }
  expect(judge(threeKills(only(2_001, { endedAtMs: 21_100 }))).status).toBe("failed");
});

test("each of three kills must find all replicas at work", () => {
  const missing = threeKills(({ replica, endedAtMs }) =>
    replica === replicaNames[0] && endedAtMs > 14_000 ? { replica: replicaNames[1] } : {},
  );

  expect(judge(missing)).toMatchObject({
    status: "unknown",
    evidence: '2 replicas answered before "kill server-1", 3 are needed',
  });
});

test("a fault elsewhere has no requests in flight to count, and may strike inside another", () => {
  const elsewhere = fault({
    name: "restart postgres",
    target: "postgres-1",
    replica: null,
    injectedAtMs: 5_500,
    inFlightAtInjection: null,
  });

  expect(judge(killed(undefined, { faults: [fault(), elsewhere] })).status).toBe("passed");
  expect(judge(killed(undefined, { faults: [elsewhere] })).status).toBe("unknown");
});

test("where no request has to be in flight, an unknown number is enough", () => {
  const unknown = withFault({ inFlightAtInjection: null });
  const verdict = availability.judge(unknown, { ...objective, inFlightMin: 0 });

  expect(verdict.status).toBe("passed");
  expect(verdict.measurements.map(({ name }) => name)).not.toContain("in flight at the injection");
});

test("a victim that is only slow may answer", () => {
  const answering = only(700, { replica: replicaNames[0] });

  expect(judge(killed(answering, { faults: [fault({ silences: false })] })).status).toBe("passed");
  expect(judge(killed(answering)).status).toBe("unknown");
});

test("a failure is a witness even where too little was in flight", () => {
  const seen = killed(only(601, { outcome: "failed" }), {
    faults: [fault({ inFlightAtInjection: 0 })],
  });

  expect(judge(seen).status).toBe("failed");
});

test("exactly five in flight are enough, four and an unknown number are not", () => {
  expect(judge(withFault({ inFlightAtInjection: 5 })).status).toBe("passed");
  expect(judge(withFault({ inFlightAtInjection: 4 }))).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining("4 requests were in flight"),
  });
  expect(judge(withFault({ inFlightAtInjection: null })).status).toBe("unknown");
});

test("exactly 300 requests in the window are enough, one fewer is not", () => {
  // Sent from 5,001 ms on, ended by 5,010 + 10 k ms; the window closes just after the last one.
  const until = (count: number) => withFault({ healedAtMs: 5_000 + (count - 2) * 10 + 5 });

  expect(judge(until(300)).status).toBe("passed");
  expect(judge(until(299)).status).toBe("unknown");
});

test("a victim that still answers was not hit", () => {
  const verdict = judge(killed(only(700, { replica: replicaNames[0] })));

  expect(verdict).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining("did not silence its target"),
  });
});

test("failures are told by phase, method and run, and one that was slow as well only once", () => {
  const { outcome, ...bent } = { outcome: "failed", failureClass: "status", status: 502 } as const;
  const bends: Readonly<Record<number, Partial<Operation>>> = {
    10: { outcome, ...bent },
    600: { outcome: "indeterminate", failureClass: "timeout", status: null },
    601: { outcome, ...bent, endedAtMs: 7_210 },
    602: { outcome, ...bent },
    700: { outcome: "dropped", failureClass: "cap-reached", method: "", sentAtMs: null },
    801: { endedAtMs: 9_510 },
    2_601: { endedAtMs: 29_000 },
  };
  const seen = killed(({ sequence }) => bends[sequence] ?? {}, {
    generator: generator({ scheduledCount: 3_002 }),
  });

  expect(told(judge(seen))).toEqual([
    "failed: 7 failed requests of 3,002 (GET 2, POST 2, unsent 3; 1 before, 4 during, 0 after the fault), allowed 0; 1 of 801 during the fault took longer than 1 s, the slowest 1.5 s; 0 asked a replica first that was away, allowed 80",
    "failed requests: 7 of 3002; at most 0; 0.11 % to 0.44 %, 95 % bounds of the true share",
    "missed slots: 3 of 3002",
    "slowest during the fault: 1.5 s of 801; at most 1 s",
    "in flight at the injection: 7 of 1; at least 5",
    "longest run of failures: 3 of 3000",
    "retried by the gateway: 0 of 3000",
    "asked in vain by the gateway: 0 of 3000; at most 80.1",
    "witnesses: request-10 | request-600 | request-601 | request-602 | request-700 | request-801",
  ]);
});

const again = (changes: Partial<FaultWindow> = {}) =>
  fault({
    name: "restart postgres",
    target: "postgres-1",
    replica: null,
    injectedAtMs: 13_000,
    effectiveAtMs: 13_100,
    recoveredAtMs: 14_000,
    healedAtMs: 15_000,
    inFlightAtInjection: null,
    ...changes,
  });

test("a fault that begins as the one before it heals has no time of its own before it", () => {
  expect(judge(killed(undefined, { faults: [fault(), again()] })).status).toBe("passed");
});

test("who answers between two faults counts from the healing of one up to the other alone", () => {
  /** The third replica is away between the faults, but for one answer. */
  const answeringAt = (sequence: number | null) =>
    judge(
      killed(
        ({ replica, endedAtMs, sequence: own }) => {
          if (own === sequence) return { replica: replicaNames[2] };
          const isBetween = endedAtMs >= 13_000 && endedAtMs <= 20_000;
          return isBetween && replica === replicaNames[2] ? { replica: replicaNames[1] } : {};
        },
        {
          faults: [
            fault(),
            again({ injectedAtMs: 20_000, effectiveAtMs: 20_100, healedAtMs: 22_000 }),
          ],
        },
      ),
    );
  const endingAt = (atMs: number) => atMs / 10 - 1;

  expect(answeringAt(null)).toMatchObject({
    status: "unknown",
    evidence: '2 replicas answered before "restart postgres", 3 are needed',
  });
  expect(answeringAt(endingAt(13_000)).status).toBe("passed");
  expect(answeringAt(endingAt(19_990)).status).toBe("passed");
  expect(answeringAt(endingAt(20_000)).status).toBe("unknown");
});

test.each<[string, History, string]>([
  ["an empty history", history({ faults: [fault()] }), "no GET or POST request is on record"],
  ["no fault", killed(undefined, { faults: [] }), "no fault is on record"],
  ["a fault without effect", withFault({ effectiveAtMs: null }), "it is not proved"],
  ["a fault that nobody watched", withFault({ proofs: [] }), "nobody looked"],
  [
    "a fault that its observer denies",
    withFault({ proofs: [{ observer: "engine", seen: "running", confirms: false }] }),
    "engine saw running",
  ],
  ["a target that never healed", withFault({ healedAtMs: null }), "was not seen healthy"],
  [
    "an unmet steady state",
    killed(undefined, { steadyStates: unmetBefore }),
    "no steady state before",
  ],
  ["nobody looking before or after", killed(undefined, { steadyStates: [] }), "nobody checked"],
  [
    "an unmet steady state afterwards",
    killed(undefined, {
      steadyStates: history().steadyStates.map((state) => ({
        ...state,
        met: state.when === "before",
      })),
    }),
    "no steady state after",
  ],
  [
    "an unhealthy generator",
    killed(undefined, { generator: generator({ scheduledCount: 3_000, finished: false }) }),
    "did not finish its plan",
  ],
  [
    "no write in the window",
    killed(() => ({ method: "GET" })),
    "no POST request overlapped the fault",
  ],
  [
    "two replicas before the fault",
    killed(({ replica }) => (replica === replicaNames[2] ? { replica: replicaNames[1] } : {})),
    "2 replicas answered before",
  ],
])("%s is unknown", (_, seen, words) => {
  expect(judge(seen)).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining(words),
  });
});
