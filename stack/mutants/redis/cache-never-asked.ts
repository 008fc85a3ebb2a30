import type { Mutant } from "../mutant.ts";

export const cacheNeverAsked: Mutant = {
  id: "cache-never-asked",
  title: "reads go past Redis to Postgres",
  area: "redis",
  claim: "load/stores-used",
  objective: "SC-3.stores",
  overlay: {
    edits: [
      {
        file: "server/src/missions/mission-service.ts",
        find: "return this.#cache.read(id, (budget) => this.#repository.read(id, budget), deadline);",
        replace: "return this.#repository.read(id, deadline);",
      },
    ],
  },
};
