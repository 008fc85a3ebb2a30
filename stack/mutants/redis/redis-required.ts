import type { Mutant } from "../mutant.ts";

export const redisRequired: Mutant = {
  id: "redis-required",
  title: "a read fails when the cache does not answer",
  area: "redis",
  claim: "resilience/redis-kill",
  objective: "RES.redis-kill.availability",
  overlay: {
    edits: [
      {
        file: "server/src/cache/mission-cache.ts",
        find: `    const lookup = await this.#lookUp(id);
`,
        replace: `    await this.#redis.send(["PING"]);
    const lookup = await this.#lookUp(id);
`,
      },
    ],
  },
};
