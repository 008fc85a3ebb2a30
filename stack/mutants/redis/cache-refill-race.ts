import type { Mutant } from "../mutant.ts";

/** A reader that has loaded the old version is overtaken by a change, and stores what it has. */
export const cacheRefillRace: Mutant = {
  id: "cache-refill-race",
  title: "whoever reads a mission stores it in the cache, also when it was changed meanwhile",
  area: "redis",
  claim: "resilience/database-answers-late",
  objective: "RES.database-answers-late.freshness",
  overlay: {
    edits: [
      {
        file: "server/src/cache/redis-scripts.ts",
        find: "  \"if redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end \" +\n",
        replace: "",
      },
    ],
  },
};
