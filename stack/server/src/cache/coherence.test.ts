import { expect, test } from "vitest";
import { CacheWorld, type Weakness } from "../testing/cache-world.ts";

const RUN_MS = 25_000;
const SEEDS = 5;
/**
 * A weakness that shows itself less often than once in so many worlds would be no use as a control.
 */
const SEEDS_TO_FIND_A_WEAKNESS = 100;

test("no read is stale while Redis pauses, is cut off, restarts, and statements hang", async () => {
  let hits = 0;
  let changes = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const world = new CacheWorld(seed);
    await world.run(RUN_MS);
    expect(world.staleReads, `seed ${seed}`).toEqual([]);
    hits += world.results.hit;
    changes += world.changes;
  }
  // A world in which the cache is never used, or nothing ever changes, proves nothing.
  expect(hits).toBeGreaterThan(500);
  expect(changes).toBeGreaterThan(200);
}, 60_000);

test.each<Weakness>([
  "removal is confirmed but not done",
  "tickets ignore changes under way",
  "anyone may store",
  "changes do not wait for leases",
  "changes ignore the generation",
  "turning does not wait for changes",
  "a young Redis is read",
  "a restarted Redis keeps its name",
])(
  "the world notices when %s",
  async (weakness) => {
    let stale = 0;
    for (let seed = 1; seed <= SEEDS_TO_FIND_A_WEAKNESS && stale === 0; seed += 1) {
      const world = new CacheWorld(seed, weakness);
      await world.run(RUN_MS);
      stale += world.staleReads.length;
    }
    expect(stale).toBeGreaterThan(0);
  },
  120_000,
);
