import type { Mutant } from "../mutant.ts";

const sockets = '      - "/run/postgresql:size=1m,mode=0755,uid=999,gid=999,noexec,nosuid,nodev"\n';

export const dataInMemory: Mutant = {
  id: "data-in-memory",
  title: "the data of Postgres lie in memory, left over from a test setup",
  area: "orchestration",
  claim: "durability/commit-sync",
  objective: "SC-4.commit-sync",
  overlay: {
    edits: [
      { file: "compose.yaml", find: "      - pg_data:/var/lib/postgresql/data\n", replace: "" },
      {
        file: "compose.yaml",
        find: sockets,
        replace: `${sockets}      - "/var/lib/postgresql/data:size=300m,mode=0700,uid=999,gid=999"\n`,
      },
    ],
  },
};
