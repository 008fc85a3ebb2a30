import { expect, test } from "vitest";
import { change, fault, generator, history, read, unmetBefore } from "../hand-made.ts";
import type { FinalRead, History, Operation } from "../records.ts";
import type { FreshnessObjective } from "../slo.ts";
import { told } from "../told.ts";
import { freshness } from "./freshness.ts";

const objective: FreshnessObjective = {
  id: "RES.test.freshness",
  promise: "RES",
  title: "no read shows an old version",
  limit: "0 stale reads",
  reason: "for the test",
  staleMsMax: 0,
  readsAfterChangeMin: 200,
};
const missions = 10;

/** Ten missions take turns: one is changed every 100 ms and read four times before the next. */
function changing(
  bend: (operation: Operation) => Partial<Operation> = () => ({}),
  changes: Partial<History> = {},
): History {
  const recorded = Array.from({ length: 1_000 }, (_, sequence) => {
    const round = Math.floor(sequence / 5);
    const place = {
      sequence,
      intendedAtMs: sequence * 20,
      resource: `mission-${round % missions}`,
      version: Math.floor(round / missions) + 2,
    };
    const operation = sequence % 5 === 0 ? change(place) : read(place);
    return { ...operation, ...bend(operation) };
  });
  return history({
    operations: recorded,
    faults: [fault({ replica: null, target: "redis-1" })],
    finalRead: stored(),
    ...changes,
  });
}

function stored(version = 21, count = missions): FinalRead {
  const rows = Array.from({ length: count }, (_, index) => ({
    id: `mission-${index}`,
    idempotencyKey: `key-${index}`,
    payloadHash: "hash",
    version: index === 3 ? version : 21,
  }));
  return { rows, seen: `${count} rows` };
}

const judge = (seen: History, limits: Partial<FreshnessObjective> = {}) =>
  freshness.judge(seen, { ...objective, ...limits });
const only = (sequence: number, bent: Partial<Operation>) => (operation: Operation) =>
  operation.sequence === sequence ? bent : {};
/** The second read after the change of the tenth round, 30 ms after its acknowledgement. */
const staleRead = only(502, { version: 11 });

test("changes that every later read shows pass", () => {
  const verdict = judge(changing());

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toContain("0 of 600 reads after a change were stale");
  expect(verdict.evidence).toContain("0 reverted and 0 gone of 10 read back");
});

test("one read of the version before the change fails", () => {
  const verdict = judge(changing(staleRead));

  expect(verdict).toMatchObject({ status: "failed", witnesses: ["request-502"] });
  expect(verdict.measurements).toContainEqual({
    name: "worst staleness",
    value: 30,
    unit: "ms",
    sampleSize: 600,
  });
});

test("staleness up to the granted time passes, beyond it fails", () => {
  expect(judge(changing(staleRead), { staleMsMax: 30 }).status).toBe("passed");
  expect(judge(changing(staleRead), { staleMsMax: 29.5 }).status).toBe("failed");
});

test("a stale read is a witness before the fault and whatever else is in doubt", () => {
  const doubtful = {
    faults: [],
    steadyStates: unmetBefore,
    generator: generator({ finished: false }),
  };

  expect(judge(changing(only(102, { version: 3 }))).status).toBe("failed");
  expect(judge(changing(staleRead, doubtful)).status).toBe("failed");
});

test("a change that the database does not hold fails as reverted", () => {
  expect(judge(changing(undefined, { finalRead: stored(20) }))).toMatchObject({
    status: "failed",
    witnesses: ["mission-3"],
    evidence: expect.stringContaining("1 reverted"),
  });
});

test("a changed mission that the database does not hold fails as gone", () => {
  expect(judge(changing(undefined, { finalRead: stored(21, 9) }))).toMatchObject({
    status: "failed",
    witnesses: ["mission-9"],
  });
});

test("a change that overwrote another one fails", () => {
  expect(judge(changing(only(500, { version: 11 }))).witnesses).toContain("mission-0");
});

test("a version that nobody wrote fails", () => {
  expect(judge(changing(only(999, { version: 23 })))).toMatchObject({
    status: "failed",
    witnesses: ["mission-9"],
  });
});

test("without a final read the clients' word decides", () => {
  expect(judge(changing(undefined, { finalRead: null })).status).toBe("passed");
  expect(judge(changing(staleRead, { finalRead: null })).status).toBe("failed");
});

test("reads since the fault are needed, exactly as many as the objective asks for", () => {
  const upTo = (count: number) =>
    changing((operation) =>
      operation.sequence >= 250 + count && operation.method === "GET" ? { method: "HEAD" } : {},
    );

  expect(judge(upTo(250)).status).toBe("passed");
  expect(judge(upTo(249))).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining("199 reads of a changed mission since the fault"),
  });
});

test.each([
  [
    "an empty history",
    history({ faults: [fault()] }),
    "0 reads of a changed mission since the fault, 200 are needed",
  ],
  [
    "a failed final read",
    changing(undefined, { finalRead: { rows: null, seen: "refused" } }),
    "the final read failed: refused",
  ],
  [
    "a final read of other missions",
    changing(undefined, { finalRead: { rows: [], seen: "0" } }),
    "the final read shows none of 10 changed missions",
  ],
  [
    "no fault",
    changing(undefined, { faults: [] }),
    "0 reads of a changed mission since the fault, 200 are needed",
  ],
  [
    "a fault without effect",
    changing(undefined, { faults: [fault({ effectiveAtMs: null })] }),
    'it is not proved that "kill server-1" took effect on server-1: engine events saw die, exit code 137',
  ],
  [
    "a target that never healed",
    changing(undefined, { faults: [fault({ replica: null, healedAtMs: null })] }),
    'server-1 was not seen healthy after "kill server-1"',
  ],
  [
    "an unmet steady state",
    changing(undefined, { steadyStates: unmetBefore }),
    "no steady state before: replicas ready saw 2, allowed 3",
  ],
  [
    "a dead generator",
    changing(undefined, { generator: generator({ finished: false }) }),
    "the load generator did not finish its plan",
  ],
])("%s is unknown", (_, seen, evidence) => {
  expect(judge(seen)).toMatchObject({ status: "unknown", evidence });
});

test("all that is wrong with changes is told", () => {
  const bends: Readonly<Record<number, Partial<Operation>>> = {
    102: { version: 3 },
    502: { version: 11 },
    505: { version: 11 },
    999: { version: 23 },
  };
  const seen = changing(({ sequence }) => bends[sequence] ?? {}, {
    finalRead: { ...stored(20, 9), seen: "9 rows" },
  });

  expect(told(judge(seen))).toEqual([
    "failed: 2 of 600 reads after a change were stale by more than 0 ms, the oldest by 30 ms; 1 missions with an overwritten change, 1 with a version that nobody wrote, 1 reverted and 1 gone of 9 read back; allowed 0",
    "reads stale for too long: 2 of 600; at most 0; 0.06 % to 1.05 %, 95 % bounds of the true share",
    "stale reads: 2 of 600",
    "worst staleness: 30 ms of 600",
    "overwritten changes: 1 of 600; at most 0; 0.01 % to 0.79 %, 95 % bounds of the true share",
    "versions that nobody wrote: 1 of 600; at most 0; 0.01 % to 0.79 %, 95 % bounds of the true share",
    "reverted: 1 of 9; at most 0; 0.57 % to 42.91 %, 95 % bounds of the true share",
    "gone after a change: 1 of 9; at most 0; 0.57 % to 42.91 %, 95 % bounds of the true share",
    "witnesses: request-102 | request-502 | mission-3 | mission-9 | mission-1 | mission-9",
  ]);
  expect(told(judge(changing()))).toEqual([
    "passed: 0 of 600 reads after a change were stale by more than 0 ms; 0 missions with an overwritten change, 0 with a version that nobody wrote, 0 reverted and 0 gone of 10 read back; allowed 0",
    "reads stale for too long: 0 of 600; at most 0; 0.00 % to 0.50 %, 95 % bounds of the true share",
    "stale reads: 0 of 600",
    "worst staleness: 0 ms of 600",
    "overwritten changes: 0 of 600; at most 0; 0.00 % to 0.50 %, 95 % bounds of the true share",
    "versions that nobody wrote: 0 of 600; at most 0; 0.00 % to 0.50 %, 95 % bounds of the true share",
    "reverted: 0 of 10; at most 0; 0.00 % to 25.89 %, 95 % bounds of the true share",
    "gone after a change: 0 of 10; at most 0; 0.00 % to 25.89 %, 95 % bounds of the true share",
  ]);
  expect(told(judge(changing(undefined, { finalRead: null })))).toEqual([
    "passed: 0 of 600 reads after a change were stale by more than 0 ms; 0 missions with an overwritten change, 0 with a version that nobody wrote",
    "reads stale for too long: 0 of 600; at most 0; 0.00 % to 0.50 %, 95 % bounds of the true share",
    "stale reads: 0 of 600",
    "worst staleness: 0 ms of 600",
    "overwritten changes: 0 of 600; at most 0; 0.00 % to 0.50 %, 95 % bounds of the true share",
    "versions that nobody wrote: 0 of 600; at most 0; 0.00 % to 0.50 %, 95 % bounds of the true share",
  ]);
});

test("staleness that is granted is told all the same", () => {
  expect(judge(changing(staleRead), { staleMsMax: 30 }).evidence).toContain("the oldest by 30 ms");
});

test("reads count since the first of several faults", () => {
  const faults = [fault({ replica: null }), fault({ replica: null, injectedAtMs: 10_000 })];

  expect(judge(changing(undefined, { faults })).evidence).toContain("of 600 reads after a change");
});

test("where nothing was changed the final read need not show anything", () => {
  const unchanged = changing(() => ({ method: "GET", version: 1 }), {
    finalRead: { rows: [], seen: "0 rows" },
  });

  expect(judge(unchanged, { readsAfterChangeMin: 0 }).status).toBe("passed");
});
