import { expect, test } from "vitest";
import { change, fault, generator, history, read, unmetBefore } from "../hand-made.ts";
import type { FinalRead, History, Operation } from "../records.ts";
import type { FreshnessObjective } from "../slo.ts";
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
  ["an empty history", history({ faults: [fault()] })],
  ["a failed final read", changing(undefined, { finalRead: { rows: null, seen: "refused" } })],
  ["a final read of other missions", changing(undefined, { finalRead: { rows: [], seen: "0" } })],
  ["no fault", changing(undefined, { faults: [] })],
  ["a fault without effect", changing(undefined, { faults: [fault({ effectiveAtMs: null })] })],
  ["a target that never healed", changing(undefined, { faults: [fault({ healedAtMs: null })] })],
  ["an unmet steady state", changing(undefined, { steadyStates: unmetBefore })],
  ["a dead generator", changing(undefined, { generator: generator({ finished: false }) })],
])("%s is unknown", (_, seen) => {
  expect(judge(seen).status).toBe("unknown");
});
