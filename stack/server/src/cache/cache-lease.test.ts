import { expect, test } from "vitest";
import { Deadline } from "../deadline.ts";
import { limits } from "../limits.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { CacheLease, type LeaseRow, type LeaseStore } from "./cache-lease.ts";

const ANSWER_MS = 20;

function setUp(first: Partial<LeaseRow> = {}) {
  const clock = new VirtualClock();
  const state = {
    row: { generation: "g1", open: true, mayReopen: false, ...first },
    redis: true,
    reads: 0,
    missed: 0,
    down: false,
  };
  const answer = async (): Promise<LeaseRow> => {
    const row = { ...state.row };
    await clock.sleep(ANSWER_MS);
    if (state.down) {
      throw new Error("no database");
    }
    return row;
  };
  const store: LeaseStore = {
    read: () => {
      state.reads += 1;
      return answer();
    },
    missRedis: async () => {
      state.missed += 1;
    },
    turn: (generation, open) => {
      if (state.row.generation === generation) {
        state.row = { generation: `${generation}+`, open, mayReopen: false };
      }
      return answer();
    },
  };
  const lease = new CacheLease({ store, clock, redisAnswers: async () => state.redis });
  const deadline = (): Deadline => new Deadline(clock, 5_000);
  return { clock, state, lease, deadline };
}

test("trusts from the answer on, counted from the question", async () => {
  const { clock, lease } = setUp();
  expect(lease.trusted()).toBeUndefined();
  await clock.advance(ANSWER_MS);
  expect(lease.stillTrusts("g1")).toBe(true);
  await clock.advance(limits.cacheLeaseMs - ANSWER_MS - 1);
  expect(lease.stillTrusts("g1")).toBe(true);
  await clock.advance(1);
  expect(lease.stillTrusts("g1")).toBe(false);
});

test("is renewed by use, without a gap, and not by every use", async () => {
  const { clock, state, lease } = setUp();
  lease.trusted();
  await clock.advance(ANSWER_MS);
  for (let elapsedMs = 0; elapsedMs < 3_000; elapsedMs += 10) {
    expect(lease.trusted()).toBe("g1");
    await clock.advance(10);
  }
  expect(state.reads).toBeLessThanOrEqual(3_000 / limits.cacheLeaseAskIntervalMs + 2);
});

test("runs out when Postgres does not answer", async () => {
  const { clock, state, lease } = setUp();
  lease.trusted();
  await clock.advance(ANSWER_MS);
  state.down = true;
  for (let elapsedMs = 0; elapsedMs < limits.cacheLeaseMs; elapsedMs += 50) {
    lease.trusted();
    await clock.advance(50);
  }
  expect(lease.trusted()).toBeUndefined();
});

test("closing takes as long as the longest lease that others may hold, once", async () => {
  const { clock, state, lease, deadline } = setUp();
  const startedAtMs = clock.nowMs();
  let closedAfterMs = 0;
  const closing = lease.close(deadline()).then((generation) => {
    closedAfterMs = clock.nowMs() - startedAtMs;
    return generation;
  });
  await clock.advance(5_000);
  expect(await closing).toBe("g1+");
  expect(state.row.open).toBe(false);
  expect(closedAfterMs).toBeGreaterThanOrEqual(limits.cacheLeaseMs);
  const againAtMs = clock.nowMs();
  await lease.close(deadline());
  expect(clock.nowMs()).toBe(againAtMs);
});

test("closing waits for the leases also when another replica has closed a moment ago", async () => {
  const { clock, lease, deadline } = setUp({ generation: "g7", open: false });
  const startedAtMs = clock.nowMs();
  let closedAfterMs = 0;
  const closing = lease.close(deadline()).then(() => {
    closedAfterMs = clock.nowMs() - startedAtMs;
  });
  await clock.advance(5_000);
  await closing;
  expect(closedAfterMs).toBeGreaterThanOrEqual(limits.cacheLeaseMs);
});

test("a replica that misses Redis says so and does not reopen", async () => {
  const { clock, state, lease } = setUp({ open: false, mayReopen: true });
  state.redis = false;
  lease.trusted();
  await clock.advance(200);
  expect(state.missed).toBe(1);
  expect(state.row.open).toBe(false);
});

test("reopens as a new generation when nobody misses Redis", async () => {
  const { clock, state, lease } = setUp({ open: false, mayReopen: true });
  lease.trusted();
  await clock.advance(200);
  expect(state.row).toMatchObject({ generation: "g1+", open: true });
  expect(lease.stillTrusts("g1+")).toBe(true);
});

test("ending an open generation closes it; one that has ended is left alone", async () => {
  const { clock, state, lease, deadline } = setUp();
  const ending = lease.end("g1", deadline());
  await clock.advance(100);
  await ending;
  expect(state.row).toMatchObject({ generation: "g1+", open: false });
  const again = lease.end("g1", deadline());
  await clock.advance(100);
  await again;
  expect(state.row.generation).toBe("g1+");
});
