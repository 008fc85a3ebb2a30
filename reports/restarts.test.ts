import { expect, test } from "vitest";
import { container } from "./hand-made.ts";
import type { ContainerMoment } from "./records.ts";
import { policyRestarts, unexpectedRestarts } from "./restarts.ts";

const redis = (after: Partial<ContainerMoment> | null) =>
  container("redis-1", "rrrrrrrrrrrr", after);
const later = "2026-11-23T02:00:05.000Z";

test("containers that nothing happened to are all right", () => {
  expect(unexpectedRestarts([redis({})], [])).toEqual([]);
});

test.each<[string, Partial<ContainerMoment>]>([
  ["was started 1 time by its restart policy", { restartCount: 1, startedAt: later }],
  [`started again at ${later}`, { startedAt: later }],
  ["is another container", { id: "new", hostName: "nnnnnnnnnnnn" }],
  ["was killed for its use of memory", { oomKilled: true }],
])("a container that %s is a side effect, unless its service may", (what, after) => {
  expect(unexpectedRestarts([redis(after)], ["server"])).toEqual([{ container: "redis-1", what }]);
  expect(unexpectedRestarts([redis(after)], ["redis"])).toEqual([]);
});

test("a container that vanished is one in any case, a new one only where it may not start", () => {
  const gone = redis(null);
  const appeared = { ...redis({}), before: null };

  expect(unexpectedRestarts([gone], ["redis"])).toMatchObject([{ what: "is gone" }]);
  expect(unexpectedRestarts([appeared], [])).toMatchObject([{ what: "was not there before" }]);
  expect(unexpectedRestarts([appeared], ["redis"])).toEqual([]);
});

test("starts by the policy are summed up over one service and one and the same container", () => {
  const lives = [
    container("server-1", "aaaaaaaaaaaa", { restartCount: 2 }),
    container("server-2", "bbbbbbbbbbbb", { restartCount: 1 }),
    container("server-3", "cccccccccccc", { restartCount: 7, id: "new" }),
    redis({ restartCount: 4 }),
  ];

  expect(policyRestarts(lives, "server")).toBe(3);
  expect(policyRestarts(lives, "gateway")).toBe(0);
});
