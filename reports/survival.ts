import { badCount } from "./measure.ts";
import type { Measurement, Operation, StoredMission } from "./records.ts";

/**
 * What became of every write, by its idempotency key. The words are Jepsen's: a write that was not
 * answered may be stored (recovered) or not (absent), and both are right.
 */
export interface Survival {
  readonly attempted: number;
  readonly acknowledged: number;
  readonly stored: number;
  /** Acknowledged and not stored. */
  readonly lost: readonly string[];
  /** Stored, and never sent or certainly refused. */
  readonly phantom: readonly string[];
  /** Stored more than once, whatever the client was told. */
  readonly duplicated: readonly string[];
  /** Stored with another content than was sent. */
  readonly altered: readonly string[];
  /** Not acknowledged and stored all the same. */
  readonly recovered: readonly string[];
  /** Not acknowledged and not stored. */
  readonly absent: readonly string[];
}

interface Attempt {
  readonly acknowledged: boolean;
  readonly mayHaveLanded: boolean;
  readonly payloadHashes: ReadonlySet<string>;
}

export function survivalOf(
  operations: readonly Operation[],
  rows: readonly StoredMission[],
): Survival {
  const attempts = attemptsByKey(operations);
  const written = createdHere(operations, rows, attempts);
  const rowsByKey = new Map<string, readonly StoredMission[]>();
  for (const row of written) {
    rowsByKey.set(row.idempotencyKey, [...(rowsByKey.get(row.idempotencyKey) ?? []), row]);
  }
  const keys = [...attempts];
  const isStored = ([key]: readonly [string, Attempt]) => rowsByKey.has(key);
  const unanswered = keys.filter(
    ([, { acknowledged, mayHaveLanded }]) => !acknowledged && mayHaveLanded,
  );
  return {
    attempted: attempts.size,
    acknowledged: keys.filter(([, { acknowledged }]) => acknowledged).length,
    stored: written.length,
    lost: keysOf(keys.filter((entry) => entry[1].acknowledged && !isStored(entry))),
    phantom: [...rowsByKey.keys()].filter((key) => attempts.get(key)?.mayHaveLanded !== true),
    duplicated: keysOf([...rowsByKey].filter(([, copies]) => copies.length > 1)),
    altered: keysOf([...rowsByKey].filter(([key, copies]) => isAltered(attempts.get(key), copies))),
    recovered: keysOf(unanswered.filter(isStored)),
    absent: keysOf(unanswered.filter((entry) => !isStored(entry))),
  };
}

/** The numbers of a survival, the promised ones first. */
export function survivalMeasurements(survival: Survival): readonly Measurement[] {
  const sampleSize = survival.acknowledged;
  const bad = {
    lost: survival.lost.length,
    duplicated: survival.duplicated.length,
    altered: survival.altered.length,
    phantom: survival.phantom.length,
  };
  const counts = {
    acknowledged: survival.acknowledged,
    stored: survival.stored,
    recovered: survival.recovered.length,
    absent: survival.absent.length,
  };
  return [
    ...Object.entries(bad).map(([name, value]) => badCount(name, value, sampleSize)),
    ...Object.entries(counts).map(([name, value]) => ({ name, value, unit: "", sampleSize })),
  ];
}

/** Writes that were acknowledged in the given milliseconds up to and including a moment. */
export function acknowledgedBefore(
  operations: readonly Operation[],
  atMs: number,
  windowMs: number,
): number {
  return operations.filter(
    ({ idempotencyKey, outcome, endedAtMs }) =>
      idempotencyKey !== null &&
      outcome === "ok" &&
      endedAtMs > atMs - windowMs &&
      endedAtMs <= atMs,
  ).length;
}

function attemptsByKey(operations: readonly Operation[]): ReadonlyMap<string, Attempt> {
  const attempts = new Map<string, Attempt>();
  for (const { idempotencyKey, outcome, payloadHash } of operations) {
    if (idempotencyKey === null) continue;
    const known = attempts.get(idempotencyKey);
    attempts.set(idempotencyKey, {
      acknowledged: known?.acknowledged === true || outcome === "ok",
      mayHaveLanded:
        known?.mayHaveLanded === true || outcome === "ok" || outcome === "indeterminate",
      payloadHashes: new Set([
        ...(known?.payloadHashes ?? []),
        ...(payloadHash === null ? [] : [payloadHash]),
      ]),
    });
  }
  return attempts;
}

/** Leaves out rows that were there before and only changed here: nobody's key names them. */
function createdHere(
  operations: readonly Operation[],
  rows: readonly StoredMission[],
  attempts: ReadonlyMap<string, Attempt>,
): readonly StoredMission[] {
  const changed = new Set(
    operations
      .filter(({ method, idempotencyKey }) => method !== "GET" && idempotencyKey === null)
      .flatMap(({ resource }) => resource ?? []),
  );
  return rows.filter(({ id, idempotencyKey }) => attempts.has(idempotencyKey) || !changed.has(id));
}

function isAltered(attempt: Attempt | undefined, copies: readonly StoredMission[]): boolean {
  return (
    attempt !== undefined &&
    copies.some(({ payloadHash }) => !attempt.payloadHashes.has(payloadHash))
  );
}

function keysOf(entries: readonly (readonly [string, unknown])[]): readonly string[] {
  return entries.map(([key]) => key);
}
