import { expect, test } from "vitest";
import { container, generator, read, replicaNames, storedOf, write } from "../hand-made.ts";
import {
  bent,
  crashedOnce,
  healthyOperations,
  kill,
  victim,
  type Bending,
} from "../hand-made-history.ts";
import type { FaultWindow, History, Operation, StoredMission, Verdict } from "../records.ts";
import { slo, underFault } from "../slo.ts";
import { availability } from "./availability.ts";
import { duplicates } from "./duplicates.ts";
import { durability } from "./durability.ts";
import { freshness } from "./freshness.ts";
import { recovery } from "./recovery.ts";
import { rotation } from "./rotation.ts";
import { sideEffects } from "./side-effects.ts";

/**
 * One healthy history, that every oracle passes, and everything that can be wrong with it, one at a
 * time: what must fail, what must pass although it looks bad, and what nobody can know.
 */

const judges = {
  availability: (seen: History) => availability.judge(seen, slo.availabilityWhileReplicaKilled),
  recovery: (seen: History) => recovery.judge(seen, underFault.replicaCrash.recovery),
  rotation: (seen: History) => rotation.judge(seen, slo.replicaBackInRotation),
  duplicates: (seen: History) => duplicates.judge(seen, slo.duplicatesWhileReplicaKilled),
  durability: (seen: History) => durability.judge(seen, slo.durabilityAcrossKill),
  freshness: (seen: History) => freshness.judge(seen, underFault.redisKill.freshness),
  "side-effects": (seen: History) => sideEffects.judge(seen, underFault.replicaCrash.sideEffects),
} as const satisfies Record<string, (seen: History) => Verdict>;
type Judge = keyof typeof judges;

const only =
  (sequence: number, changes: Partial<Operation>) =>
  (operation: Operation): Partial<Operation> =>
    operation.sequence === sequence ? changes : {};
const without = (key: string) => (rows: readonly StoredMission[]) =>
  rows.filter(({ idempotencyKey }) => idempotencyKey !== key);
const gatewayTimeout = { outcome: "indeterminate", failureClass: "status", status: 504 } as const;
const dropped = {
  outcome: "dropped",
  failureClass: "cap-reached",
  method: "",
  path: "",
  sentAtMs: null,
  status: null,
  replica: null,
} as const;

/** Everything that came in between 6 and 8 s is answered at 8 s. */
function frozen({ intendedAtMs }: Operation): Partial<Operation> {
  return intendedAtMs >= 6_000 && intendedAtMs < 8_000 ? { endedAtMs: 8_000 } : {};
}

test.each(Object.entries(judges))("the healthy history passes: %s", (_, judge) => {
  const verdict = judge(bent({}));

  expect(verdict, verdict.evidence).toMatchObject({ status: "passed", witnesses: [] });
});

test.each<[string, Bending, readonly Judge[], string]>([
  ["lost", { rows: without("key-1500") }, ["durability", "duplicates"], "key-1500"],
  [
    "phantom",
    { rows: (rows) => [...rows, storedOf(write({ sequence: 9_999 }))] },
    ["durability"],
    "key-9999",
  ],
  [
    "phantom of a write that was refused",
    { operation: only(1_500, { outcome: "failed", failureClass: "refused", status: null }) },
    ["durability", "availability", "recovery"],
    "1500",
  ],
  [
    "duplicate",
    { rows: (rows) => [...rows, ...rows.slice(300, 301).map((row) => ({ ...row, id: "twin" }))] },
    ["durability", "duplicates"],
    "key-1500",
  ],
  [
    "altered",
    {
      rows: (rows) =>
        rows.map((row) => (row.idempotencyKey === "key-1500" ? { ...row, payloadHash: "x" } : row)),
    },
    ["durability", "duplicates"],
    "key-1500",
  ],
  ["stale", { operation: only(1_503, { version: 15 }) }, ["freshness"], "request-1503"],
  [
    "reverted",
    { rows: (rows) => rows.map((row) => (row.id === "changed-7" ? { ...row, version: 30 } : row)) },
    ["freshness"],
    "changed-7",
  ],
  ["freeze of 2 s", { operation: frozen }, ["availability", "recovery"], "request-600"],
  ["slot dropped", { operation: only(700, dropped) }, ["availability", "recovery"], "request-700"],
  [
    "slots without a record",
    { history: { generator: generator({ scheduledCount: 3_002 }) } },
    ["availability", "recovery"],
    "",
  ],
  [
    "replica that stays away",
    {
      operation: ({ replica, endedAtMs }) =>
        replica === victim && endedAtMs > 5_000 ? { replica: replicaNames[2] } : {},
    },
    ["recovery", "rotation"],
    "",
  ],
  [
    "stranger",
    { operation: only(2_000, { replica: "ffffffffffff" }) },
    ["side-effects"],
    "request-2000",
  ],
  [
    "restart of another service",
    {
      history: {
        containers: [
          container("server-1", victim, crashedOnce),
          container("server-2", replicaNames[1]),
          container("server-3", replicaNames[2]),
          container("redis-1", "rrrrrrrrrrrr", crashedOnce),
        ],
      },
    },
    ["side-effects"],
    "redis-1",
  ],
  [
    "panic",
    { history: { logFindings: [{ container: "postgres-1", line: "PANIC: checksum" }] } },
    ["side-effects"],
    "PANIC",
  ],
])("%s fails", (_, bending, culprits, witness) => {
  const seen = bent(bending);
  for (const judge of culprits) {
    const verdict = judges[judge](seen);
    expect(verdict, `${judge}: ${verdict.evidence}`).toMatchObject({ status: "failed" });
    expect(verdict.witnesses.join("\n"), judge).toContain(witness);
  }
});

test.each<[string, Bending, string, string]>([
  ["landed", { operation: only(1_500, gatewayTimeout) }, "recovered", "absent"],
  [
    "did not land",
    { operation: only(1_500, gatewayTimeout), rows: without("key-1500") },
    "absent",
    "recovered",
  ],
])("a 504 that %s is neither lost nor a phantom", (_, bending, one, none) => {
  const seen = bent(bending);
  for (const judge of ["durability", "duplicates"] as const) {
    const { status, measurements } = judges[judge](seen);
    const valueOf = (title: string) => measurements.find(({ name }) => name === title)?.value;
    expect(status).toBe("passed");
    expect([valueOf(one), valueOf(none), valueOf("lost"), valueOf("phantom")]).toEqual([
      1, 0, 0, 0,
    ]);
  }
});

const withKill = (changes: Partial<FaultWindow>) => ({
  history: { faults: [{ ...kill, ...changes }] },
});

test.each<[string, Bending]>([
  ["an injector that did nothing", withKill({ effectiveAtMs: null, proofs: [] })],
  [
    "an injector whose work an observer denies",
    withKill({ proofs: [{ observer: "engine", seen: "running", confirms: false }] }),
  ],
  ["a wrong target", { operation: only(700, { replica: victim }) }],
  ["no fault", { history: { faults: [] } }],
  ["a dead generator", { history: { generator: generator({ finished: false }) } }],
])("%s: no oracle knows anything", (_, bending) => {
  const seen = bent(bending);
  for (const [name, judge] of Object.entries(judges)) {
    const verdict = judge(seen);
    expect(verdict, `${name}: ${verdict.evidence}`).toMatchObject({ status: "unknown" });
  }
});

test("writers that stopped before the kill prove nothing about what it costs", () => {
  const stopped = bent({
    operation: ({ idempotencyKey, endedAtMs }) =>
      idempotencyKey !== null && endedAtMs > 4_800 ? { ...read(), replica: victim } : {},
    history: { faults: [{ ...kill, replica: null, acknowledgedJustBefore: null }] },
  });
  const early = stopped.operations.filter(({ idempotencyKey }) => idempotencyKey !== null);
  const seen = { ...stopped, finalRead: { rows: early.map(storedOf), seen: "SELECT" } };

  const limits = { acknowledgedMin: 90 };
  expect(durability.judge(seen, { ...slo.durabilityAcrossKill, ...limits })).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining("0 writes were acknowledged in the last 50 ms"),
  });
  expect(duplicates.judge(seen, { ...slo.duplicatesWhileReplicaKilled, ...limits })).toMatchObject({
    status: "unknown",
    evidence: "no write overlapped the fault",
  });
});

test("traffic that stopped before the kill proves nothing about anybody", () => {
  const early = healthyOperations.slice(0, 490);
  const seen = bent({ history: { operations: early, finalRead: null } });

  for (const judge of ["availability", "recovery", "rotation", "freshness"] as const) {
    expect(judges[judge](seen).status, judge).toBe("unknown");
  }
});
