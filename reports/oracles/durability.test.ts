import { expect, test } from "vitest";
import { fault, generator, history, storedOf, unmetBefore, write } from "../hand-made.ts";
import type { FaultWindow, History, Operation, StoredMission } from "../records.ts";
import { slo } from "../slo.ts";
import { told } from "../told.ts";
import { durability } from "./durability.ts";

const objective = slo.durabilityAcrossKill;
const injectedAtMs = 1_000;

/** 200 writes, 5 ms apart, the last of which is acknowledged at the kill. */
function survived(
  bend: (sequence: number) => Partial<Operation> = () => ({}),
  change: (rows: readonly StoredMission[]) => readonly StoredMission[] | null = (rows) => rows,
  changes: Partial<History> = {},
): History {
  const written = Array.from({ length: 200 }, (_, sequence) =>
    write({
      sequence,
      intendedAtMs: sequence * 5,
      endedAtMs: (sequence + 1) * 5,
      ...bend(sequence),
    }),
  );
  return history({
    operations: written,
    faults: [killOfPostgres()],
    finalRead: { rows: change(written.filter(hasLanded).map(storedOf)), seen: "SELECT" },
    ...changes,
  });
}

function killOfPostgres(changes: Partial<FaultWindow> = {}): FaultWindow {
  return fault({
    name: "kill postgres",
    target: "postgres",
    replica: null,
    injectedAtMs,
    effectiveAtMs: 1_050,
    inFlightAtInjection: null,
    acknowledgedJustBefore: null,
    ...changes,
  });
}

function hasLanded({ outcome }: Operation): boolean {
  return outcome === "ok";
}

const judge = (seen: History) => durability.judge(seen, objective);
const withFault = (changes: Partial<FaultWindow>) =>
  survived(undefined, undefined, { faults: [killOfPostgres(changes)] });

test("acknowledged writes that are all there pass", () => {
  const verdict = judge(survived());

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toContain("200 acknowledged writes: 0 lost");
  expect(verdict.evidence).toContain("10 were acknowledged in the last 50 ms");
});

test.each<[string, (rows: readonly StoredMission[]) => readonly StoredMission[]]>([
  ["a lost row", (rows) => rows.filter(({ idempotencyKey }) => idempotencyKey !== "key-199")],
  [
    "a doubled row",
    (rows) => rows.flatMap((row) => (row.idempotencyKey === "key-199" ? [row, row] : [row])),
  ],
  [
    "an altered row",
    (rows) =>
      rows.map((row) => (row.idempotencyKey === "key-199" ? { ...row, payloadHash: "x" } : row)),
  ],
  ["a phantom", (rows) => [...rows, storedOf(write({ sequence: 999 }))]],
])("%s fails", (_, change) => {
  const verdict = judge(survived(undefined, change));

  expect(verdict.status).toBe("failed");
  expect(verdict.witnesses).toHaveLength(1);
});

const refusal = "PANIC:  could not locate a valid checkpoint record";
const unreadable: Partial<History> = { finalRead: { rows: null, seen: "ECONNREFUSED" } };
const refusing = (changes: Partial<FaultWindow> = {}, others: Partial<History> = {}) =>
  survived(undefined, undefined, {
    faults: [killOfPostgres({ refusal, healedAtMs: null, ...changes })],
    ...unreadable,
    ...others,
  });

test("a database that says why it refuses to start has lost everything", () => {
  const verdict = judge(refusing());

  expect(verdict.status).toBe("failed");
  expect(verdict.evidence).toContain("200 acknowledged writes, and nobody can read them");
  expect(verdict.evidence).toContain(refusal);
  expect(verdict.witnesses).toContain("key-0");
});

test.each([
  ["says nothing", refusing({ refusal: null }), "the final read failed: ECONNREFUSED"],
  [
    "refuses after a fault that nobody proved",
    refusing({ effectiveAtMs: null }),
    "the final read failed: ECONNREFUSED",
  ],
  [
    "refused before anything was written",
    refusing({}, { operations: [] }),
    "the final read failed: ECONNREFUSED",
  ],
  [
    "was ill before",
    refusing({}, { steadyStates: unmetBefore }),
    "the final read failed: ECONNREFUSED",
  ],
])("a database that cannot be read and %s is unknown", (_, seen, evidence) => {
  expect(judge(seen)).toMatchObject({ status: "unknown", evidence });
});

test("a loss is a witness, whatever else is in doubt", () => {
  const lossy = survived(undefined, (rows) => rows.slice(1), {
    faults: [],
    steadyStates: unmetBefore,
    generator: generator({ finished: false }),
  });

  expect(judge(lossy).status).toBe("failed");
});

test("a row without a record proves nothing where the writers did not finish", () => {
  const seen = survived(undefined, (rows) => [...rows, storedOf(write({ sequence: 999 }))], {
    generator: generator({ finished: false }),
  });

  expect(judge(seen).status).toBe("unknown");
});

test("a 504 that landed is recovered, a 504 that did not is all right", () => {
  const late = [200, 201].map((sequence) =>
    write({ sequence, outcome: "indeterminate", failureClass: "status", status: 504 }),
  );
  const seen = survived();
  const rows = [...(seen.finalRead?.rows ?? []), ...late.slice(0, 1).map(storedOf)];

  const verdict = judge({
    ...seen,
    operations: [...seen.operations, ...late],
    finalRead: { rows, seen: "SELECT" },
  });

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toContain("1 unanswered ones were stored, 1 were not");
});

test("a write that was certainly refused and is there all the same is a phantom", () => {
  const refused = write({ sequence: 300, outcome: "failed", failureClass: "refused" });
  const seen = survived();
  const rows = [...(seen.finalRead?.rows ?? []), storedOf(refused)];

  expect(
    judge({
      ...seen,
      operations: [...seen.operations, refused],
      finalRead: { rows, seen: "SELECT" },
    }),
  ).toMatchObject({ status: "failed", witnesses: ["key-300"] });
});

test("the oldest lost acknowledgement and the recovery are measured", () => {
  const after = write({ sequence: 900, intendedAtMs: 1_500, sentAtMs: 1_500, endedAtMs: 1_600 });
  const seen = survived(undefined, (rows) => rows.slice(0, -1));

  const { measurements } = judge({ ...seen, operations: [...seen.operations, after] });

  const valueOf = (title: string) => measurements.find(({ name }) => name === title)?.value;
  expect(valueOf("first acknowledged write after the fault on postgres")).toBe(600);
  expect(valueOf("oldest lost acknowledgement before the fault")).toBe(0);
});

test("ten acknowledgements just before the kill are enough, nine are not", () => {
  expect(judge(withFault({ acknowledgedJustBefore: 10 })).status).toBe("passed");
  expect(judge(withFault({ acknowledgedJustBefore: 9 })).status).toBe("unknown");
  const nine = survived((sequence) => (sequence === 199 ? { outcome: "indeterminate" } : {}));
  expect(judge(nine)).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining("9 writes were acknowledged in the last 50 ms"),
  });
});

test("several kills: each loss belongs to the next of them, and the fewest writes count", () => {
  const second = killOfPostgres({ injectedAtMs: 500, effectiveAtMs: 520 });
  const lost = (rows: readonly StoredMission[]) =>
    rows.filter(({ idempotencyKey }) => !["key-89", "key-179"].includes(idempotencyKey));

  const verdict = judge(survived(undefined, lost, { faults: [second, killOfPostgres()] }));

  expect(verdict).toMatchObject({ status: "failed", witnesses: ["key-89", "key-179"] });
  expect(verdict.measurements).toContainEqual({
    name: "oldest lost acknowledgement before the fault",
    value: 100,
    unit: "ms",
    sampleSize: 2,
  });
  const names = judge(
    survived(undefined, undefined, { faults: [second, { ...second, effectiveAtMs: 530 }] }),
  ).measurements.map(({ name }) => name);
  expect(names).toContain("first acknowledged write after the fault on postgres");
  expect(names).toContain("first acknowledged write after the fault on postgres (2)");
  const few = killOfPostgres({ injectedAtMs: 20, effectiveAtMs: 25 });
  expect(judge(survived(undefined, undefined, { faults: [killOfPostgres(), few] })).status).toBe(
    "unknown",
  );
});

test("a fault without the trigger beside one with it need not find any acknowledgement", () => {
  const beside = fault({ injectedAtMs: 20, effectiveAtMs: 25, replica: null });
  const triggered = killOfPostgres({ acknowledgedJustBefore: 12 });

  expect(judge(survived(undefined, undefined, { faults: [beside, triggered] })).status).toBe(
    "passed",
  );
});

test("a fault without a kill needs no acknowledgement just before it", () => {
  const graceful = { ...objective, acknowledgedJustBeforeMin: 0 };
  const idle = survived(undefined, undefined, {
    faults: [killOfPostgres({ injectedAtMs: 1_200, effectiveAtMs: 1_250 })],
  });

  expect(durability.judge(idle, graceful).status).toBe("passed");
  expect(judge(idle).status).toBe("unknown");
});

test("a hundred acknowledgements are enough, one fewer is not", () => {
  const acknowledged = (count: number) =>
    survived((sequence) => (sequence < 200 - count ? { outcome: "indeterminate" } : {}));

  expect(judge(acknowledged(100)).status).toBe("passed");
  expect(judge(acknowledged(99)).status).toBe("unknown");
});

test.each([
  [
    "an empty history",
    history({ finalRead: { rows: [], seen: "SELECT" } }),
    "0 writes were acknowledged, 100 are needed",
  ],
  [
    "no final read",
    survived(undefined, undefined, { finalRead: null }),
    "the final read failed: nobody read",
  ],
  ["a failed final read", survived(undefined, () => null), "the final read failed: SELECT"],
  ["no fault", survived(undefined, undefined, { faults: [] }), "no fault is on record"],
  [
    "a fault without effect",
    withFault({ effectiveAtMs: null }),
    'it is not proved that "kill postgres" took effect on postgres: engine events saw die, exit code 137',
  ],
  [
    "a target that never healed",
    withFault({ healedAtMs: null }),
    'postgres was not seen healthy after "kill postgres"',
  ],
  [
    "an unmet steady state",
    survived(undefined, undefined, { steadyStates: unmetBefore }),
    "no steady state before: replicas ready saw 2, allowed 3",
  ],
])("%s is unknown", (_, seen, evidence) => {
  expect(judge(seen)).toMatchObject({ status: "unknown", evidence });
});

test("all that became of writes is told, and the first acknowledgement after each fault", () => {
  const broken = { idempotencyKey: null, payloadHash: null, method: "GET" } as const;
  const others = [
    // Sent before the fault took effect: its acknowledgement says nothing about the recovery.
    write({ sequence: 300, intendedAtMs: 1_019, sentAtMs: 1_020, endedAtMs: 1_100 }),
    write({ sequence: 301, intendedAtMs: 1_049, sentAtMs: 1_050, endedAtMs: 1_110 }),
    write({ sequence: 302, sentAtMs: 1_200, endedAtMs: 1_210, outcome: "indeterminate" }),
    write({ sequence: 303, sentAtMs: 1_200, endedAtMs: 1_220, outcome: "failed" }),
    write({ sequence: 304, sentAtMs: 1_200, endedAtMs: 1_230, outcome: "indeterminate" }),
    write({ sequence: 305, sentAtMs: 1_201, endedAtMs: 1_240, ...broken }),
    write({ sequence: 306, sentAtMs: 1_300, endedAtMs: 1_450 }),
    write({ sequence: 307, sentAtMs: 1_310, endedAtMs: 1_400 }),
  ];
  const seen = survived();
  const rows = [...(seen.finalRead?.rows ?? []), ...others.filter(hasLanded).map(storedOf)]
    .filter(({ idempotencyKey }) => !["key-20", "key-199", "key-305"].includes(idempotencyKey))
    .flatMap((row) => (row.idempotencyKey === "key-7" ? [row, { ...row, id: "twin" }] : [row]))
    .map((row) => (row.idempotencyKey === "key-8" ? { ...row, payloadHash: "other" } : row))
    .concat(others.slice(2, 3).map(storedOf), storedOf(write({ sequence: 999 })));
  const operations = [...seen.operations, ...others];
  const sick = { ...seen, operations, finalRead: { rows, seen: "SELECT" } };

  expect(told(judge(sick))).toEqual([
    "failed: 204 acknowledged writes: 2 lost, 1 duplicated, 1 altered, 2 phantom, allowed 0; 1 unanswered ones were stored, 1 were not; 10 were acknowledged in the last 50 ms before the fault",
    "lost: 2 of 204; at most 0; 0.17 % to 3.05 %, 95 % bounds of the true share",
    "duplicated: 1 of 204; at most 0; 0.03 % to 2.30 %, 95 % bounds of the true share",
    "altered: 1 of 204; at most 0; 0.03 % to 2.30 %, 95 % bounds of the true share",
    "phantom: 2 of 204; at most 0; 0.17 % to 3.05 %, 95 % bounds of the true share",
    "acknowledged: 204 of 204",
    "stored: 206 of 204",
    "recovered: 1 of 204",
    "absent: 1 of 204",
    "first acknowledged write after the fault on postgres: 400 ms of 1",
    "oldest lost acknowledgement before the fault: 895 ms of 2",
    "witnesses: key-20 | key-199 | key-7 | key-8 |  | key-999",
  ]);
  expect(told(judge(survived()))).toEqual([
    "passed: 200 acknowledged writes: 0 lost, 0 duplicated, 0 altered, 0 phantom, allowed 0; 0 unanswered ones were stored, 0 were not; 10 were acknowledged in the last 50 ms before the fault",
    "lost: 0 of 200; at most 0; 0.00 % to 1.49 %, 95 % bounds of the true share",
    "duplicated: 0 of 200; at most 0; 0.00 % to 1.49 %, 95 % bounds of the true share",
    "altered: 0 of 200; at most 0; 0.00 % to 1.49 %, 95 % bounds of the true share",
    "phantom: 0 of 200; at most 0; 0.00 % to 1.49 %, 95 % bounds of the true share",
    "acknowledged: 200 of 200",
    "stored: 200 of 200",
    "recovered: 0 of 200",
    "absent: 0 of 200",
  ]);
});

test("a database that refused to start at first and was read in the end is judged by its rows", () => {
  expect(judge(withFault({ refusal })).status).toBe("passed");
});

test("only acknowledged writes are lost with a database that refuses to start", () => {
  const some = refusing();
  const operations = some.operations.map((one, index) => {
    if (index === 0) return { ...one, idempotencyKey: null };
    return index === 1 ? { ...one, outcome: "indeterminate" as const } : one;
  });

  expect(judge({ ...some, operations })).toMatchObject({
    status: "failed",
    evidence: expect.stringContaining("198 acknowledged writes"),
    witnesses: expect.not.arrayContaining(["", "key-1"]),
  });
});
