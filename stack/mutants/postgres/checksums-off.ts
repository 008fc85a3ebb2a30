import type { Mutant } from "../mutant.ts";

export const checksumsOff: Mutant = {
  id: "checksums-off",
  title: "the database is made without checksums, so that a page that has rotted is served",
  area: "postgres",
  claim: "durability/commit-sync",
  objective: "SC-4.commit-sync",
  overlay: {
    edits: [
      {
        file: "compose.yaml",
        find: "--encoding=UTF8 --locale=C.UTF-8 --data-checksums --auth-host=scram-sha-256",
        replace: "--encoding=UTF8 --locale=C.UTF-8 --auth-host=scram-sha-256",
      },
    ],
  },
};
