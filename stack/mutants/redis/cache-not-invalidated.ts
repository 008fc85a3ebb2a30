import type { Mutant } from "../mutant.ts";

/** Reads are right until a mission is changed, and wrong from then on for half a minute. */
export const cacheNotInvalidated: Mutant = {
  id: "cache-not-invalidated",
  title: "a change leaves the old version in the cache until it expires",
  area: "redis",
  claim: "resilience/redis-emptied",
  objective: "RES.redis-emptied.freshness",
  overlay: {
    edits: [
      {
        file: "server/src/cache/redis-scripts.ts",
        find: "\"redis.call('PEXPIRE', KEYS[2], ARGV[2]) \" +\n  \"redis.call('DEL', KEYS[1]) return 'OK'\";",
        replace: "\"redis.call('PEXPIRE', KEYS[2], ARGV[2]) return 'OK'\";",
      },
      {
        file: "server/src/cache/redis-scripts.ts",
        find: "\"redis.call('ZREM', KEYS[2], ARGV[1]) redis.call('DEL', KEYS[1]) return 'OK'\";",
        replace: "\"redis.call('ZREM', KEYS[2], ARGV[1]) return 'OK'\";",
      },
    ],
  },
};
