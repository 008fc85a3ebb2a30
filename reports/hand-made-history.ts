import {
  askedOnce,
  change,
  container,
  fault,
  history,
  operation,
  read,
  replicaNames,
  storedOf,
  write,
} from "./hand-made.ts";
import type { History, Operation, StoredMission } from "./records.ts";

/**
 * One healthy history of a killed replica, that every oracle of histories passes, and a way to bend
 * it: for the tests of the judges, and of the suite as a whole.
 */

export const victim = replicaNames[0];
const missions = 20;
const everyMs = 10;

/** 100 a second for 30 s: creations, changes, reads and lists in turn; the victim dies at 5 s. */
function operationAt(sequence: number): Operation {
  const turn = sequence % 5;
  const round = Math.floor(sequence / 5);
  const intendedAtMs = sequence * everyMs;
  const isAway = intendedAtMs > 4_990 && intendedAtMs < 13_000;
  const own = replicaNames[sequence % 3] ?? victim;
  const place = {
    sequence,
    intendedAtMs,
    replica: isAway && own === victim ? replicaNames[1] : own,
  };
  const resource = `changed-${round % missions}`;
  const version = Math.floor(round / missions) + 2;
  if (turn === 0) return write({ ...place, resource: `mission-${sequence}`, version: 1 });
  if (turn === 1) return change({ ...place, resource, version });
  if (turn === 4) return operation(place);
  return read({ ...place, resource, version });
}

export const healthyOperations = Array.from({ length: 3_000 }, (_, sequence) =>
  operationAt(sequence),
);

function rowsOf(seen: readonly Operation[]): readonly StoredMission[] {
  const created = seen.filter(
    ({ idempotencyKey, outcome }) => idempotencyKey !== null && outcome === "ok",
  );
  const changed = Array.from({ length: missions }, (_, index) => ({
    id: `changed-${index}`,
    idempotencyKey: `warm-up-${index}`,
    payloadHash: "changed",
    version: 31,
  }));
  return [...created.map(storedOf), ...changed];
}

/** The fault of the healthy history. */
export const kill = fault({ acknowledgedJustBefore: 10 });
/** A container that its restart policy started again once. */
export const crashedOnce = { restartCount: 1, startedAt: "2026-11-23T02:00:05.000Z" };

/** What is wrong with a history: one operation, one row, or any part of the record. */
export interface Bending {
  readonly operation?: (operation: Operation) => Partial<Operation>;
  readonly rows?: (rows: readonly StoredMission[]) => readonly StoredMission[];
  readonly history?: Partial<History>;
}

/** The healthy history, bent. */
export function bent({
  operation: bend = () => ({}),
  rows = (all) => all,
  history: changes,
}: Bending): History {
  const recorded = healthyOperations.map((one) => ({ ...one, ...bend(one) }));
  return history({
    operations: recorded,
    faults: [kill],
    gatewayLines: recorded.map(askedOnce),
    containers: [
      container("server-1", victim, crashedOnce),
      container("server-2", replicaNames[1]),
      container("server-3", replicaNames[2]),
    ],
    logFindings: [],
    finalRead: { rows: rows(rowsOf(healthyOperations)), seen: "SELECT" },
    ...changes,
  });
}
