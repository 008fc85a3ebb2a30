import { expect, test } from "vitest";
import { fault, generator, history, storedOf, unmetBefore, write } from "../hand-made.ts";
import type { FaultWindow, History, Operation, StoredMission } from "../records.ts";
import { slo } from "../slo.ts";
import { duplicates } from "./duplicates.ts";

const objective = slo.duplicatesWhileReplicaKilled;

/** In the middle of the writes, which are sent 10 ms apart. */
function killed(changes: Partial<FaultWindow> = {}): FaultWindow {
  return fault({ injectedAtMs: 500, effectiveAtMs: 999, ...changes });
}

function retried(
  bend: (sequence: number) => Partial<Operation> = () => ({}),
  change: (rows: readonly StoredMission[]) => readonly StoredMission[] | null = (rows) => rows,
  changes: Partial<History> = {},
): History {
  const written = Array.from({ length: 100 }, (_, sequence) =>
    write({ sequence, ...bend(sequence) }),
  );
  return history({
    operations: written,
    faults: [killed()],
    finalRead: { rows: change(written.map(storedOf)), seen: "SELECT" },
    ...changes,
  });
}

const judge = (seen: History) => duplicates.judge(seen, objective);
const unanswered = (sequence: number): Partial<Operation> =>
  sequence === 100 ? { outcome: "indeterminate", status: 504 } : {};

test("writes that are stored exactly once pass", () => {
  expect(judge(retried())).toMatchObject({
    status: "passed",
    evidence: expect.stringContaining("100 acknowledged writes: 0 duplicated, 0 lost, 0 altered"),
  });
});

test.each<[string, (rows: readonly StoredMission[]) => readonly StoredMission[]]>([
  ["a doubled row", (rows) => [...rows, { ...rows[7], id: "another" }].filter(isStored)],
  ["a lost row", (rows) => rows.filter(({ idempotencyKey }) => idempotencyKey !== "key-7")],
  [
    "an altered row",
    (rows) =>
      rows.map((row) => (row.idempotencyKey === "key-7" ? { ...row, payloadHash: "x" } : row)),
  ],
])("%s fails, even with the fault unproved", (_, change) => {
  expect(judge(retried(undefined, change))).toMatchObject({
    status: "failed",
    witnesses: ["key-7"],
  });
  expect(judge(retried(undefined, change, { faults: [] })).status).toBe("failed");
});

test("one acknowledged write too few is unknown", () => {
  const one = (sequence: number): Partial<Operation> =>
    sequence === 3 ? { outcome: "indeterminate", status: 504 } : {};

  expect(judge(retried(one))).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining("99 writes were acknowledged"),
  });
});

test("writes across three kills pass, and a doubled one fails", () => {
  const faults = [100, 400, 700].map((injectedAtMs) =>
    killed({ replica: null, injectedAtMs, effectiveAtMs: injectedAtMs }),
  );
  const doubled = (rows: readonly StoredMission[]) => [...rows, ...rows.slice(0, 1)];

  expect(judge(retried(undefined, undefined, { faults })).status).toBe("passed");
  expect(judge(retried(undefined, doubled, { faults })).status).toBe("failed");
});

test("an unanswered write may be stored or absent", () => {
  const seen = retried();
  const extra = write({ sequence: 100, ...unanswered(100) });
  const withExtra = { ...seen, operations: [...seen.operations, extra] };
  const rows = [...(seen.finalRead?.rows ?? []), storedOf(extra)];

  expect(judge(withExtra).status).toBe("passed");
  expect(judge({ ...withExtra, finalRead: { rows, seen: "SELECT" } }).status).toBe("passed");
});

test.each([
  [
    "an empty history",
    history({ faults: [fault()], finalRead: { rows: [], seen: "SELECT" } }),
    "0 writes were acknowledged, 100 are needed",
  ],
  [
    "no final read",
    retried(undefined, undefined, { finalRead: null }),
    "the final read failed: nobody read",
  ],
  ["a failed final read", retried(undefined, () => null), "the final read failed: SELECT"],
  [
    "writers that stopped before the fault",
    retried(undefined, undefined, { faults: [killed({ injectedAtMs: 1_001 })] }),
    "no write overlapped the fault",
  ],
  ["no fault", retried(undefined, undefined, { faults: [] }), "no fault is on record"],
  [
    "a fault without effect",
    retried(undefined, undefined, { faults: [killed({ effectiveAtMs: null })] }),
    'it is not proved that "kill server-1" took effect on server-1: engine events saw die, exit code 137',
  ],
  [
    "a target that never healed",
    retried(undefined, undefined, { faults: [killed({ healedAtMs: null })] }),
    'server-1 was not seen healthy after "kill server-1"',
  ],
  [
    "an unmet steady state",
    retried(undefined, undefined, { steadyStates: unmetBefore }),
    "no steady state before: replicas ready saw 2, allowed 3",
  ],
  [
    "an unfinished generator",
    retried(undefined, undefined, { generator: generator({ finished: false }) }),
    "the load generator did not finish its plan",
  ],
])("%s is unknown", (_, seen, evidence) => {
  expect(judge(seen)).toMatchObject({ status: "unknown", evidence });
});

function isStored(row: Partial<StoredMission>): row is StoredMission {
  return row.idempotencyKey !== undefined && row.payloadHash !== undefined && row.id !== undefined;
}
