import { expect, test } from "vitest";
import { change, read, write } from "./hand-made.ts";
import type { Operation, StoredMission } from "./records.ts";
import { freshnessOf, storedChangesOf } from "./versions.ts";

/** Acknowledged at 110 ms. */
const changed = change({ sequence: 1, intendedAtMs: 100, version: 2 });
const at = (intendedAtMs: number, version: number, changes: Partial<Operation> = {}) =>
  read({ sequence: intendedAtMs, intendedAtMs, version, ...changes });
const seenIn = (...operations: readonly Operation[]) => freshnessOf(operations, [], 0);
const row = (changes: Partial<StoredMission> = {}): StoredMission => ({
  id: "mission-1",
  idempotencyKey: "key",
  payloadHash: "hash",
  version: 2,
  ...changes,
});

test("a read that began after the acknowledgement and shows the old version is stale", () => {
  expect(seenIn(changed, at(160, 1))).toMatchObject({
    readsAfterChange: 1,
    stale: [{ requestId: "request-160", ageMs: 50 }],
  });
});

test.each([
  ["shows the new version", at(160, 2)],
  ["began at the moment of the acknowledgement", at(110, 1)],
  ["was under way meanwhile", at(105, 1, { sentAtMs: 120, endedAtMs: 300 })],
  ["is about another mission", at(160, 1, { resource: "mission-2" })],
  ["failed", at(160, 1, { outcome: "failed" })],
  ["tells no version", at(160, 1, { version: null })],
])("a read that %s is not stale", (_, operation) => {
  expect(seenIn(changed, operation).stale).toEqual([]);
});

test("the age counts from the first acknowledgement that the read does not show", () => {
  const later = change({ sequence: 2, intendedAtMs: 500, version: 3 });

  expect(seenIn(later, changed, at(1_110, 1)).stale[0]?.ageMs).toBe(1_000);
  expect(seenIn(later, changed, at(1_110, 2)).stale[0]?.ageMs).toBe(600);
});

test("a change that nobody acknowledged may be seen or not", () => {
  const unknown = change({ sequence: 2, outcome: "indeterminate", version: null });

  expect(seenIn(unknown, at(500, 1), at(600, 2))).toMatchObject({ stale: [], unwritten: [] });
});

test("only reads after a change and since the given moment are counted", () => {
  const created = write({ sequence: 0, resource: "mission-2", version: 1 });
  const reads = [at(50, 1), at(200, 2), at(300, 2), at(400, 1, { resource: "mission-2" })];

  expect(freshnessOf([created, changed, ...reads], [], 0).readsAfterChange).toBe(2);
  expect(freshnessOf([created, changed, ...reads], [], 310).readsAfterChange).toBe(1);
});

test("one version for two changes means that one was overwritten", () => {
  const twin = change({ sequence: 2, intendedAtMs: 500, version: 2 });

  expect(seenIn(changed, twin).overwritten).toEqual(["mission-1"]);
  expect(seenIn(changed, { ...twin, resource: "mission-2" }).overwritten).toEqual([]);
});

test.each<[string, readonly Operation[], readonly StoredMission[]]>([
  ["a read", [at(50, 1), changed, at(200, 3)], []],
  ["a change that was applied twice", [at(50, 1), { ...changed, version: 3 }], []],
  ["the database", [changed], [row({ version: 3 })]],
  [
    "a read of a change that was refused",
    [at(50, 1), change({ sequence: 1, outcome: "failed", version: null }), at(200, 2)],
    [],
  ],
])("a version that no change can have made is seen in %s", (_, operations, rows) => {
  expect(freshnessOf(operations, rows, 0).unwritten).toEqual(["mission-1"]);
});

test("the database must hold the highest version that was acknowledged", () => {
  const higher = change({ sequence: 2, intendedAtMs: 500, version: 3 });

  expect(storedChangesOf([changed, higher], [row({ version: 3 })])).toEqual({
    changed: 1,
    readBack: 1,
    reverted: [],
    gone: [],
  });
  expect(storedChangesOf([changed, higher], [row()]).reverted).toEqual(["mission-1"]);
});

test("a changed mission is gone where others are stored", () => {
  const other = change({ sequence: 2, resource: "mission-2" });

  expect(storedChangesOf([changed, other], [row()]).gone).toEqual(["mission-2"]);
  expect(storedChangesOf([changed, other], [])).toMatchObject({ readBack: 0, gone: [] });
});
