import type { Mutant } from "../mutant.ts";

export const poolBeyondItsPart: Mutant = {
  id: "pool-beyond-its-part",
  title: "each replica takes as many database connections as the only one took before",
  area: "server",
  claim: "load/database-connections",
  objective: "SC-3.connections",
  overlay: {
    edits: [
      {
        file: "compose.yaml",
        find: "DATABASE_USER: missions_app\n",
        replace: 'DATABASE_USER: missions_app\n      DATABASE_POOL_SIZE: "40"\n',
      },
    ],
  },
};
