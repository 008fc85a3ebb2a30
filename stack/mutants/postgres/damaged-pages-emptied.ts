import type { Mutant } from "../mutant.ts";

export const damagedPagesEmptied: Mutant = {
  id: "damaged-pages-emptied",
  title: "a setting from a rescue empties damaged pages without a word",
  area: "postgres",
  claim: "durability/commit-sync",
  objective: "SC-4.commit-sync",
  overlay: {
    sql: [
      "ALTER DATABASE missions SET zero_damaged_pages = on",
      // Settings of a database hold from the next session on.
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'missions_app'",
    ],
  },
};
