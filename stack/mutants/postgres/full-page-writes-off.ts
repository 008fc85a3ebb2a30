import type { Mutant } from "../mutant.ts";

/** Shows only when a page is half written at the moment of a crash: settings are the only sign. */
export const fullPageWritesOff: Mutant = {
  id: "full-page-writes-off",
  title: "Postgres cannot repair a page that was half written when the power went",
  area: "postgres",
  claim: "durability/commit-sync",
  objective: "SC-4.commit-sync",
  overlay: {
    edits: [
      {
        file: "database/postgresql.conf",
        find: "full_page_writes = on",
        replace: "full_page_writes = off",
      },
    ],
  },
};
