import { expect, test } from "vitest";
import { fault, generator, history, operations, replicaNames, unmetBefore } from "../hand-made.ts";
import type { FaultWindow, History, Operation } from "../records.ts";
import type { RecoveryObjective } from "../slo.ts";
import { told } from "../told.ts";
import { recovery } from "./recovery.ts";

const objective: RecoveryObjective = {
  id: "RES.test.recovery",
  promise: "RES",
  title: "service is back soon after the harm",
  limit: "good for 3 s on end within 4 s, all replicas within 10 s",
  reason: "for the test",
  since: "injected",
  serviceMsMax: 4_000,
  capacityMsMax: 10_000,
  replicas: 3,
  fairShareMin: 0.5,
  windowMs: 3_000,
  answerMsMax: 2_000,
  statusesAllowed: [502, 503],
  brokenConnectionsAllowed: false,
  operationsInWindowMin: 300,
};

const unavailable = { outcome: "failed", failureClass: "status", status: 503 } as const;
type Bend = (operation: Operation) => Partial<Operation>;

/** 100 a second for 30 s; 503 from 5.1 s to `backMs`; the victim is away until `returnMs`. */
function outage(
  backMs: number,
  returnMs: number,
  bend: Bend = () => ({}),
  { count = 3_000, ...changes }: Partial<History> & { readonly count?: number } = {},
): History {
  const recorded = operations(count, 10).map((operation) => {
    const { endedAtMs } = operation;
    const isAway = endedAtMs > 5_000 && endedAtMs < returnMs;
    const bent =
      endedAtMs > 5_100 && endedAtMs < backMs ? { ...operation, ...unavailable } : operation;
    const moved =
      isAway && bent.replica === replicaNames[0] ? { ...bent, replica: replicaNames[1] } : bent;
    return { ...moved, ...bend(moved) };
  });
  return history({ operations: recorded, faults: [fault()], ...changes });
}

const judge = (seen: History, limits: Partial<RecoveryObjective> = {}) =>
  recovery.judge(seen, { ...objective, ...limits });
const only =
  (sequence: number, change: Partial<Operation>): Bend =>
  (operation) =>
    operation.sequence === sequence ? change : {};
const withFault = (changes: Partial<FaultWindow>) =>
  outage(7_000, 13_000, undefined, { faults: [fault(changes)] });
const valueOf = (seen: History, title: string, limits: Partial<RecoveryObjective> = {}) =>
  judge(seen, limits).measurements.find(({ name }) => name === title)?.value;

test("an outage that is over in time passes and says how long it was", () => {
  const verdict = judge(outage(7_000, 13_000));

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toContain("service back after 2 s, allowed 4 s");
  expect(valueOf(outage(7_000, 13_000), "service back")).toBe(2_000);
  expect(valueOf(outage(7_000, 13_000), "capacity back")).toBeGreaterThanOrEqual(8_000);
  expect(valueOf(outage(7_000, 13_000), "capacity back")).toBeLessThan(8_100);
  expect(valueOf(outage(7_000, 13_000), "first sign of kill server-1")).toBe(110);
  expect(valueOf(outage(7_000, 13_000), "failed requests")).toBe(189);
});

test("exactly the limit is in time, the next answer is not", () => {
  expect(judge(outage(9_000, 13_000)).status).toBe("passed");
  expect(judge(outage(9_020, 13_000))).toMatchObject({
    status: "failed",
    evidence: expect.stringContaining('service was back 4.02 s after "kill server-1"'),
  });
});

test("a service that never comes back fails", () => {
  expect(judge(outage(40_000, 13_000))).toMatchObject({
    status: "failed",
    evidence: expect.stringContaining("service was back not at all after"),
  });
});

test("service that flaps is not back at its first success", () => {
  const flapping = outage(7_000, 13_000, only(850, unavailable));

  expect(judge(flapping).status).toBe("passed");
  expect(valueOf(flapping, "service back")).toBe(3_520);
});

test("a fault that bites late is not taken for one that was over at once", () => {
  const late = outage(0, 13_000, ({ endedAtMs }) =>
    endedAtMs > 8_200 && endedAtMs < 8_600 ? unavailable : {},
  );

  expect(valueOf(late, "service back")).toBe(3_600);
  expect(judge(late, { serviceMsMax: 3_000 }).status).toBe("failed");
});

test("where nobody notices anything the service was never away", () => {
  expect(judge(outage(0, 13_000)).status).toBe("passed");
  expect(valueOf(outage(0, 13_000), "service back")).toBe(0);
  expect(valueOf(outage(0, 13_000), "first sign of kill server-1")).toBeUndefined();
});

test("a retry by the gateway is the first sign of a fault that no client sees", () => {
  const gatewayLines = [490, 505, 520].map((sequence) => ({
    requestId: `request-${sequence}`,
    status: 200,
    upstreamAddresses: sequence === 505 ? ["a"] : ["a", "b"],
    upstreamStatuses: ["200"],
  }));
  const seen = outage(0, 13_000, undefined, { gatewayLines });

  expect(valueOf(seen, "first sign of kill server-1")).toBe(210);
});

test("limits may count from the end of the fault", () => {
  const since = { since: "recovered", capacityMsMax: null } as const;

  expect(judge(outage(14_000, 13_000), since).status).toBe("passed");
  expect(valueOf(outage(14_000, 13_000), "service back", since)).toBe(3_000);
  expect(judge(outage(15_100, 13_000), since).status).toBe("failed");
});

test("a replica that stays away or comes back too late fails, unless nothing is promised", () => {
  for (const returnMs of [16_000, Number.POSITIVE_INFINITY]) {
    expect(judge(outage(7_000, returnMs))).toMatchObject({
      status: "failed",
      evidence: expect.stringContaining("capacity was back"),
    });
    expect(judge(outage(7_000, returnMs), { capacityMsMax: null }).status).toBe("passed");
  }
});

test.each<[string, number, Partial<Operation>]>([
  ["a failure before the fault", 100, unavailable],
  ["a failure that ended right before the fault", 498, unavailable],
  ["a failure after the limit", 1_000, unavailable],
  ["a status that is not allowed", 600, { status: 500 }],
  ["a write that the gateway gave up", 600, { outcome: "indeterminate", status: 504 }],
  ["the answer of another service", 600, { failureClass: "wrong-body", status: 200 }],
  ["a time-out", 600, { failureClass: "timeout", status: null }],
  ["a connection that was cut", 600, { failureClass: "reset-after-headers", status: null }],
  ["a slot that was dropped", 600, { outcome: "dropped", failureClass: "cap-reached", method: "" }],
])("%s fails", (_, sequence, change) => {
  const verdict = judge(outage(7_000, 13_000, only(sequence, change)));

  expect(verdict.status).toBe("failed");
  expect(verdict.witnesses).toEqual([`request-${sequence}`]);
});

test("broken connections are allowed only where the gateway itself is away", () => {
  const gateway = { brokenConnectionsAllowed: true };
  const broken = (failureClass: Operation["failureClass"]) =>
    judge(outage(7_000, 13_000, only(600, { failureClass, status: null })), gateway).status;

  expect(broken("refused")).toBe("passed");
  expect(broken("reset-after-headers")).toBe("passed");
  expect(broken("truncated")).toBe("passed");
  expect(broken("timeout")).toBe("failed");
  expect(broken("tls")).toBe("failed");
  expect(broken("wrong-body")).toBe("failed");
});

test("slots without a record fail", () => {
  const seen = outage(7_000, 13_000, undefined, {
    generator: generator({ scheduledCount: 3_003 }),
  });

  expect(judge(seen)).toMatchObject({
    status: "failed",
    evidence: expect.stringContaining("3 slots missed"),
  });
});

test("a slow answer fails, good or bad, exactly the limit does not", () => {
  const slow = (latencyMs: number, change: Partial<Operation> = {}) =>
    judge(outage(0, 13_000, only(600, { endedAtMs: 6_000 + latencyMs, ...change }))).status;

  expect(slow(2_000)).toBe("passed");
  expect(slow(2_000.1)).toBe("failed");
  expect(slow(2_000.1, unavailable)).toBe("failed");
  expect(judge(outage(0, 13_000, only(100, { endedAtMs: 4_999 }))).status).toBe("passed");
});

test("a slow answer to a lagging generator is in doubt, a failed one is not", () => {
  const lagging = { generator: generator({ scheduledCount: 3_000, sendLagP99Ms: 201 }) };
  const slow = only(600, { endedAtMs: 9_000 });

  expect(judge(outage(0, 13_000, slow, lagging)).status).toBe("unknown");
  expect(judge(outage(0, 13_000, only(100, unavailable), lagging)).status).toBe("failed");
  expect(judge(outage(7_000, 13_000, undefined, lagging)).status).toBe("passed");
});

test("failures by time on a machine without processors are in doubt, other flaws are not", () => {
  const starved = { generator: generator({ scheduledCount: 3_000, idleShare: 0.019 }) };
  const halfway = { generator: generator({ scheduledCount: 3_000, idleShare: 0.02 }) };
  const refused = only(2_500, { outcome: "failed", failureClass: "refused" });

  expect(judge(outage(9_500, 13_000, undefined, starved)).status).toBe("unknown");
  expect(judge(outage(9_500, 13_000, undefined, halfway)).status).toBe("failed");
  expect(judge(outage(7_000, 13_000, refused, starved)).status).toBe("failed");
  const unsent = { generator: generator({ scheduledCount: 3_001, idleShare: 0 }) };
  expect(judge(outage(9_500, 13_000, undefined, unsent)).status).toBe("failed");
});

test("every one of three kills has its own recovery, and the worst counts", () => {
  const kills = [5_000, 12_000, 19_000].map((injectedAtMs) =>
    fault({
      injectedAtMs,
      effectiveAtMs: injectedAtMs + 100,
      recoveredAtMs: injectedAtMs + 100,
      healedAtMs: injectedAtMs + 1_000,
    }),
  );
  const during =
    (secondMs: number): Bend =>
    ({ endedAtMs }) => {
      const isOut = [1_000, secondMs, 500].some((lengthMs, index) => {
        const fromMs = kills[index]?.injectedAtMs ?? 0;
        return endedAtMs > fromMs && endedAtMs < fromMs + lengthMs;
      });
      return isOut ? unavailable : {};
    };
  const seen = (secondMs: number) => outage(0, 0, during(secondMs), { faults: kills });

  expect(judge(seen(3_000)).status).toBe("passed");
  expect(valueOf(seen(3_000), "service back")).toBe(3_000);
  expect(valueOf(seen(3_000), "service back after kill server-1")).toBe(1_000);
  expect(valueOf(seen(3_000), "service back after kill server-1 (2)")).toBe(3_000);
  expect(valueOf(seen(3_000), "service back after kill server-1 (3)")).toBe(500);
  expect(judge(seen(4_100)).status).toBe("failed");
  const onlySecond = outage(0, 0, ({ endedAtMs }) => (endedAtMs === 12_500 ? unavailable : {}), {
    faults: kills,
  });
  expect(valueOf(onlySecond, "service back after kill server-1")).toBe(0);
  expect(valueOf(onlySecond, "service back after kill server-1 (2)")).toBe(510);
});

test("traffic that ended too early cannot say that something stayed away", () => {
  const stopped = (count: number) =>
    judge(outage(7_000, Number.POSITIVE_INFINITY, undefined, { count }));

  expect(stopped(1_700)).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining("13 s are needed to say that capacity stayed away"),
  });
  expect(stopped(1_800).status).toBe("failed");
});

test("as many requests in the window as are needed are enough, one fewer is not", () => {
  const seen = outage(7_000, 13_000);
  const during = 801;

  expect(judge(seen, { operationsInWindowMin: during }).status).toBe("passed");
  expect(judge(seen, { operationsInWindowMin: during + 1 })).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining(`${during} requests overlapped the fault`),
  });
});

test.each([
  ["an empty history", history({ faults: [fault()] }), "no request is on record"],
  ["no fault", outage(7_000, 13_000, undefined, { faults: [] }), "no fault is on record"],
  [
    "a fault without effect",
    withFault({ effectiveAtMs: null }),
    'it is not proved that "kill server-1" took effect on server-1: engine events saw die, exit code 137',
  ],
  [
    "a victim that still answers",
    outage(7_000, 13_000, only(700, { replica: replicaNames[0] })),
    '"kill server-1" did not silence its target: server-1 answered request-700 2.01 s after it',
  ],
  [
    "a target that never healed",
    withFault({ healedAtMs: null }),
    'server-1 was not seen healthy after "kill server-1"',
  ],
  [
    "an unmet steady state",
    outage(7_000, 13_000, undefined, { steadyStates: unmetBefore }),
    "no steady state before: replicas ready saw 2, allowed 3",
  ],
  [
    "a dead generator",
    outage(7_000, 13_000, undefined, { generator: generator({ finished: false }) }),
    "the load generator did not finish its plan",
  ],
])("%s is unknown", (_, seen, evidence) => {
  expect(judge(seen)).toMatchObject({ status: "unknown", evidence });
});

test("a fault that was never undone has no end to count from", () => {
  const kept = withFault({ recoveredAtMs: null, replica: null });

  expect(judge(kept, { since: "recovered" })).toMatchObject({
    status: "unknown",
    evidence: 'it is not on record when "kill server-1" was undone',
  });
});

test("missed slots, forbidden and late failures are told, each kind once, and what was slow", () => {
  const bends: Readonly<Record<number, Partial<Operation>>> = {
    100: unavailable,
    600: { ...unavailable, status: 500 },
    601: { ...unavailable, status: 500 },
    602: { ...unavailable, failureClass: "timeout", status: null },
    603: { ...unavailable, failureClass: null, status: null },
    700: { outcome: "dropped", failureClass: "cap-reached", endedAtMs: 12_000 },
    2_000: { endedAtMs: 23_010 },
  };
  const seen = outage(7_000, 16_000, ({ sequence }) => bends[sequence] ?? {}, {
    generator: generator({ scheduledCount: 3_003 }),
  });

  expect(told(judge(seen))).toEqual([
    'failed: 4 slots missed; 1 request failed outside the allowed time; 4 requests failed by an unknown cause, status 500, timeout; capacity was back 11 s after "kill server-1" on server-1, allowed 10 s; service back after 2 s, allowed 4 s; capacity back after 11 s, allowed 10 s; 194 failed requests of 3,003; 1 answer took longer than 2 s, the slowest 3.01 s',
    "service back: 2 s of 1; at most 4 s",
    "capacity back: 11 s of 1; at most 10 s",
    "first sign of kill server-1: 110 ms of 1",
    "failed requests: 194 of 3003",
    "missed slots: 4 of 3003",
    "slowest answer since the fault: 3.01 s of 3000; at most 2 s",
    "witnesses: request-700 | request-100 | request-600 | request-601 | request-602 | request-603 | request-2000",
  ]);
});

test("without a promise about capacity it has no limit, and the evidence is silent about it", () => {
  expect(told(judge(outage(7_000, 13_000), { capacityMsMax: null }))).toEqual([
    "passed: service back after 2 s, allowed 4 s; 189 failed requests of 3,000; 0 answers took longer than 2 s, the slowest 10 ms",
    "service back: 2 s of 1; at most 4 s",
    "first sign of kill server-1: 110 ms of 1",
    "failed requests: 189 of 3000",
    "missed slots: 0 of 3000",
    "slowest answer since the fault: 10 ms of 3000; at most 2 s",
  ]);
});

test("limits that count from the end of the fault are told with that moment", () => {
  const late = judge(outage(15_100, 13_000), { since: "recovered", capacityMsMax: null });

  expect(late.evidence).toContain('service was back 4.1 s after undoing "kill server-1"');
});

test("of several faults the worst return counts, and a later one is no first harm", () => {
  const second = fault({
    name: "kill again",
    silences: false,
    injectedAtMs: 18_000,
    effectiveAtMs: 18_100,
    recoveredAtMs: 18_200,
    healedAtMs: 19_000,
  });
  const seen = outage(7_000, 13_000, only(600, { endedAtMs: 8_020, ...unavailable }), {
    faults: [fault(), second],
  });

  expect(told(judge(seen))).toEqual([
    "failed: service back after 3.02 s, allowed 4 s; capacity back after 8 s, allowed 10 s; 189 failed requests of 3,000; 1 answer took longer than 2 s, the slowest 2.02 s",
    "service back: 3.02 s of 2; at most 4 s; 0 ms to 3.02 s, of all faults",
    "capacity back: 8 s of 2; at most 10 s; 120 ms to 8 s, of all faults",
    "first sign of kill server-1: 110 ms of 1",
    "service back after kill server-1: 3.02 s of 1",
    "capacity back after kill server-1: 8 s of 1",
    "service back after kill again: 0 ms of 1",
    "capacity back after kill again: 120 ms of 1",
    "failed requests: 189 of 3000",
    "missed slots: 0 of 3000",
    "slowest answer since the fault: 2.02 s of 3000; at most 2 s",
    "witnesses: request-600",
  ]);
  const gone = outage(7_000, Number.POSITIVE_INFINITY, undefined, { faults: [fault(), second] });
  expect(told(judge(gone))).toEqual([
    'failed: capacity was back not at all after "kill server-1" on server-1, allowed 10 s; service back after 2 s, allowed 4 s; capacity back not seen, allowed 10 s; 189 failed requests of 3,000; 0 answers took longer than 2 s, the slowest 10 ms',
    "service back: 2 s of 2; at most 4 s; 0 ms to 2 s, of all faults",
    "first sign of kill server-1: 110 ms of 1",
    "service back after kill server-1: 2 s of 1",
    "service back after kill again: 0 ms of 1",
    "failed requests: 189 of 3000",
    "missed slots: 0 of 3000",
    "slowest answer since the fault: 10 ms of 3000; at most 2 s",
  ]);
});

test("a fault that nobody undid may still be judged by the moment of its injection", () => {
  const kept = withFault({ recoveredAtMs: null, silences: false });

  expect(judge(kept).status).toBe("passed");
});

test("failures and answers on the very moments of harm and limit belong to the fault", () => {
  const on = (endedAtMs: number) =>
    judge(outage(0, 13_000, only(480, { ...unavailable, endedAtMs })));

  expect(on(5_000).status).toBe("passed");
  expect(on(4_999.9)).toMatchObject({
    status: "failed",
    evidence: expect.stringContaining("1 request failed outside the allowed time"),
  });
  const slowFrom = (endedAtMs: number) =>
    judge(outage(0, 13_000, only(100, { endedAtMs }))).evidence;
  expect(slowFrom(5_000)).toContain("1 answer took longer than 2 s, the slowest 4 s");
  expect(slowFrom(4_999.9)).toContain("0 answers took longer than 2 s");
});
