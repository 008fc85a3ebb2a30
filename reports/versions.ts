import type { Operation, StoredMission } from "./records.ts";

/** A read that began after a change was acknowledged and shows what was before it. */
export interface StaleRead {
  readonly requestId: string;
  /** From the first acknowledgement of a newer version to the begin of the read. */
  readonly ageMs: number;
}

/** What became of the versions of things that are changed and read again. */
export interface Freshness {
  /**
   * Reads that began after the acknowledgement of a change of the same thing, and ended after the
   * moment from which they count.
   */
  readonly readsAfterChange: number;
  readonly stale: readonly StaleRead[];
  /** Things of which the same version was acknowledged for two changes: one overwrote the other. */
  readonly overwritten: readonly string[];
  /** Things that were seen with a version which the changes that were sent cannot have made. */
  readonly unwritten: readonly string[];
}

/** What the database holds of the things that were changed. */
export interface StoredChanges {
  readonly changed: number;
  readonly readBack: number;
  /** Stored with an older version than was acknowledged. */
  readonly reverted: readonly string[];
  /** Not stored at all, although others of them are. */
  readonly gone: readonly string[];
}

interface Acknowledgement {
  readonly version: number;
  readonly endedAtMs: number;
}

/** All that is on record about one thing. */
interface Ledger {
  /** Acknowledged versions in the order of their acknowledgement. */
  readonly acknowledged: Acknowledgement[];
  readonly reads: (Operation & { readonly version: number })[];
  readonly created: number[];
  readonly changed: number[];
  /** Changes that may have taken effect, each of which adds one to the version. */
  changesLanded: number;
}

/**
 * Stale reads and impossible versions by the words of the clients alone.
 *
 * A read began no earlier than its intended moment, and a change had happened no later than its
 * answer ended: these two moments are compared, because the moment at which a request is noted as
 * sent may be later than that at which it left, and a read that was under way during the change may
 * show either version (regularity; Lamport, "On interprocess communication", 1986).
 */
export function freshnessOf(
  operations: readonly Operation[],
  rows: readonly StoredMission[],
  fromMs: number,
): Freshness {
  const ledgers = ledgersOf(operations);
  const stored = new Map(rows.map(({ id, version }) => [id, version]));
  const entries = [...ledgers];
  return {
    readsAfterChange: entries.reduce(
      (sum, [, ledger]) => sum + readsAfterChange(ledger, fromMs),
      0,
    ),
    stale: entries.flatMap(([, ledger]) => staleReads(ledger)),
    overwritten: entries.filter(([, ledger]) => hasTwins(ledger.changed)).map(([id]) => id),
    unwritten: entries
      .filter(([id, ledger]) => highestSeen(ledger, stored.get(id)) > highestPossible(ledger))
      .map(([id]) => id),
  };
}

/** Compares the database with the highest version that was acknowledged for each changed thing. */
export function storedChangesOf(
  operations: readonly Operation[],
  rows: readonly StoredMission[],
): StoredChanges {
  const stored = new Map(rows.map(({ id, version }) => [id, version]));
  const promised = [...ledgersOf(operations)]
    .filter(([, { changed }]) => changed.length > 0)
    .map(([id, { changed }]) => ({ id, version: Math.max(...changed) }));
  const readBack = promised.filter(({ id }) => stored.has(id));
  return {
    changed: promised.length,
    readBack: readBack.length,
    reverted: readBack
      .filter(({ id, version }) => (stored.get(id) ?? 0) < version)
      .map(({ id }) => id),
    gone:
      readBack.length === 0 ? [] : promised.filter(({ id }) => !stored.has(id)).map(({ id }) => id),
  };
}

function ledgersOf(operations: readonly Operation[]): ReadonlyMap<string, Ledger> {
  const ledgers = new Map<string, Ledger>();
  for (const operation of operations) {
    const { resource } = operation;
    if (resource === null) continue;
    const ledger = ledgers.get(resource) ?? {
      acknowledged: [],
      reads: [],
      created: [],
      changed: [],
      changesLanded: 0,
    };
    ledgers.set(resource, ledger);
    enter(ledger, operation);
  }
  for (const { acknowledged } of ledgers.values()) {
    acknowledged.sort((left, right) => left.endedAtMs - right.endedAtMs);
  }
  return ledgers;
}

function enter(ledger: Ledger, operation: Operation): void {
  const { method, outcome, version, endedAtMs } = operation;
  const mayHaveLanded = outcome === "ok" || outcome === "indeterminate";
  if (method === "PATCH" && mayHaveLanded) ledger.changesLanded += 1;
  if (outcome !== "ok" || version === null) return;
  if (method === "GET") ledger.reads.push({ ...operation, version });
  if (method !== "POST" && method !== "PATCH") return;
  ledger.acknowledged.push({ version, endedAtMs });
  (method === "POST" ? ledger.created : ledger.changed).push(version);
}

function readsAfterChange({ acknowledged, reads }: Ledger, fromMs: number): number {
  // The first version of a thing has none before it that a read could still show.
  const first = acknowledged.find(({ version }) => version > 1);
  if (first === undefined) return 0;
  return reads.filter(
    ({ intendedAtMs, endedAtMs }) => intendedAtMs > first.endedAtMs && endedAtMs >= fromMs,
  ).length;
}

function staleReads({ acknowledged, reads }: Ledger): readonly StaleRead[] {
  return reads.flatMap(({ requestId, intendedAtMs, version }) => {
    const newer = acknowledged.find((acknowledgement) => acknowledgement.version > version);
    if (newer === undefined || newer.endedAtMs >= intendedAtMs) return [];
    return [{ requestId, ageMs: intendedAtMs - newer.endedAtMs }];
  });
}

function hasTwins(versions: readonly number[]): boolean {
  return new Set(versions).size < versions.length;
}

function highestSeen({ acknowledged, reads }: Ledger, stored = 0): number {
  const versions = [...acknowledged, ...reads].map(({ version }) => version);
  return versions.reduce((highest, version) => Math.max(highest, version), stored);
}

/** The lowest version on record bounds the first one; every change that may have landed adds one. */
function highestPossible({ created, changed, reads, changesLanded }: Ledger): number {
  const first = [
    ...created,
    ...changed.map((version) => version - 1),
    ...reads.map(({ version }) => version),
  ].reduce((lowest, version) => Math.min(lowest, version), Number.POSITIVE_INFINITY);
  return first + changesLanded;
}
