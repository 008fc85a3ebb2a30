import type { Mutant } from "../mutant.ts";

export const redisWithoutDeadline: Mutant = {
  id: "redis-without-deadline",
  title: "requests wait for Redis as long as it takes",
  area: "redis",
  claim: "resilience/redis-pause",
  objective: "RES.redis-pause.availability",
  overlay: {
    edits: [
      {
        file: "server/src/limits.ts",
        find: "  redisCommandTimeoutMs: 100,\n",
        replace: "  redisCommandTimeoutMs: 60_000,\n",
      },
    ],
  },
};
