import type { Mutant } from "../mutant.ts";

export const synchronousCommitOff: Mutant = {
  id: "synchronous-commit-off",
  title: "Postgres acknowledges commits before they are on disk, for speed",
  area: "postgres",
  claim: "durability/postgres-kill",
  objective: "SC-4.kill",
  overlay: {
    edits: [
      {
        file: "database/postgresql.conf",
        find: "synchronous_commit = on",
        replace: "synchronous_commit = off",
      },
    ],
  },
};
