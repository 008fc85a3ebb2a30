import type { Mutant } from "../mutant.ts";

export const redisGivenUp: Mutant = {
  id: "redis-given-up",
  title: "a replica gives Redis up for good after a few attempts to connect",
  area: "redis",
  claim: "resilience/redis-kill",
  objective: "RES.redis-kill.conduct",
  overlay: {
    edits: [
      {
        file: "server/src/cache/redis-link.ts",
        find: `      reconnectStrategy: (retries) =>
        Math.min(`,
        replace: `      reconnectStrategy: (retries) =>
        retries > 3 ? false : Math.min(`,
      },
    ],
  },
};
