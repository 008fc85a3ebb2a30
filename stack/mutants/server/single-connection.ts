import type { Mutant } from "../mutant.ts";

export const singleConnection: Mutant = {
  id: "single-connection",
  title: "every replica has a single connection to the database",
  area: "server",
  claim: "load/database-connections",
  objective: "SC-3.connections",
  overlay: {
    edits: [
      {
        file: "compose.yaml",
        find: "DATABASE_USER: missions_app\n",
        replace: 'DATABASE_USER: missions_app\n      DATABASE_POOL_SIZE: "1"\n',
      },
    ],
  },
};
