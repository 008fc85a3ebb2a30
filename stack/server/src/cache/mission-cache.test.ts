import { expect, test } from "vitest";
import { Deadline } from "../deadline.ts";
import { limits } from "../limits.ts";
import type { CacheResult } from "../metrics.ts";
import type { Mission } from "../missions/mission.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { CacheLease } from "./cache-lease.ts";
import { MissionCache } from "./mission-cache.ts";
import { RedisUnavailableError } from "./redis-link.ts";
import { BLOCK, STORE, TAKE_TICKET } from "./redis-scripts.ts";

const ID = "00000000-0000-4000-8000-00000000000a";
const MISSION: Mission = {
  id: ID,
  title: "Reach the ridge",
  description: "",
  state: "planned",
  version: 3,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
};

/** A cache whose Redis answers GET with `entry` and everything else with `OK`, or with an error. */
async function setUp(entry: string | null) {
  const clock = new VirtualClock();
  const sent: string[][] = [];
  const results: CacheResult[] = [];
  const state = { entry, down: false, settled: true, loads: 0 };
  const redis = {
    memoryId: "memory",
    get memoryIsSettled() {
      return state.settled;
    },
    send: async (command: readonly string[]) => {
      sent.push([...command]);
      if (state.down) {
        throw new RedisUnavailableError("away");
      }
      return command[0] === "GET" ? state.entry : "OK";
    },
  };
  let row = { generation: "g1", open: true, mayReopen: false };
  const lease = new CacheLease({
    clock,
    redisAnswers: async () => !state.down,
    store: {
      read: async () => row,
      missRedis: async () => undefined,
      turn: async (_generation, open) => {
        row = { generation: "g2", open, mayReopen: false };
        return row;
      },
    },
  });
  lease.trusted();
  await clock.advance(0);
  const cache = new MissionCache({ redis, lease, clock, onRead: (result) => results.push(result) });
  const deadline = (): Deadline => new Deadline(clock, limits.databaseBudgetMs);
  const read = (): Promise<Mission | undefined> =>
    cache.read(
      ID,
      async () => {
        state.loads += 1;
        return MISSION;
      },
      deadline(),
    );
  return { clock, sent, results, state, cache, read, deadline };
}

test("answers from Redis without asking Postgres", async () => {
  const { read, results, state } = await setUp(JSON.stringify(MISSION));
  expect(await read()).toEqual(MISSION);
  expect(results).toEqual(["hit"]);
  expect(state.loads).toBe(0);
});

test.each([
  ["not JSON", "}{"],
  ["no mission", JSON.stringify({ id: ID })],
  ["another mission", JSON.stringify({ ...MISSION, id: ID.replace("a", "b") })],
])("does not believe an entry that is %s", async (_what, entry) => {
  const { read, results, state } = await setUp(entry);
  expect(await read()).toEqual(MISSION);
  expect(results).toEqual(["invalid"]);
  expect(state.loads).toBe(1);
});

test("stores what it loaded under the ticket it took, for a limited time", async () => {
  const { clock, read, sent } = await setUp(null);
  await read();
  await clock.advance(0);
  const scripts = sent.map((command) => command[1]);
  expect(scripts).toContain(TAKE_TICKET);
  const store = sent.find((command) => command[1] === STORE);
  const ticket = sent.find((command) => command[1] === TAKE_TICKET)?.[5];
  expect(store?.slice(3, 7)).toEqual([
    `mission:memory:g1:${ID}`,
    `mission:memory:g1:${ID}:changes`,
    ticket,
    JSON.stringify(MISSION),
  ]);
  expect(Number(store?.[7])).toBeLessThanOrEqual(limits.cacheEntryMs);
});

test("leaves the storing to the reader that holds the ticket", async () => {
  const { clock, read, sent, results } = await setUp("ticket:somebody-else");
  await read();
  await clock.advance(0);
  expect(results).toEqual(["loading"]);
  expect(sent.map((command) => command[0])).toEqual(["GET"]);
});

test("goes without Redis when it is away, and does not read one that is too young", async () => {
  const away = await setUp(JSON.stringify(MISSION));
  away.state.down = true;
  expect(await away.read()).toEqual(MISSION);
  expect(away.results).toEqual(["error"]);
  const young = await setUp(JSON.stringify({ ...MISSION, version: 2 }));
  young.state.settled = false;
  expect(await young.read()).toEqual(MISSION);
  expect(young.results).toEqual(["bypass"]);
});

test("a change is permitted by a mark in Redis, or by a closed generation after a wait", async () => {
  const { clock, cache, sent, state, deadline } = await setUp(null);
  const marked = await cache.prepareChange(ID, deadline());
  expect(marked).toMatchObject({ id: ID, generation: "g1" });
  expect(marked.mark).toBeDefined();
  expect(sent.at(-1)?.[1]).toBe(BLOCK);
  state.down = true;
  const startedAtMs = clock.nowMs();
  const preparing = cache.prepareChange(ID, deadline());
  await clock.advance(1_000);
  expect(await preparing).toEqual({ id: ID, generation: "g2", mark: undefined });
  expect(clock.nowMs() - startedAtMs).toBeGreaterThanOrEqual(limits.cacheLeaseMs);
});

test("a change whose outcome is unknown keeps its mark until the generation has ended", async () => {
  const { clock, cache, sent, deadline } = await setUp(null);
  const permit = await cache.prepareChange(ID, deadline());
  sent.length = 0;
  cache.leaveUnsettled(permit);
  await clock.advance(100);
  expect(sent.some((command) => command[1] === BLOCK && command[5] === permit.mark)).toBe(true);
  const next = cache.prepareChange(ID, deadline());
  await clock.advance(1_000);
  expect(await next).toMatchObject({ generation: "g2", mark: undefined });
});
