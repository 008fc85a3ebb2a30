import type { Mutant } from "../mutant.ts";

export const indexMissing: Mutant = {
  id: "index-missing",
  title: "the index that lists are sorted by is gone",
  area: "postgres",
  claim: "load/stores-used",
  objective: "SC-3.stores",
  overlay: { sql: ["drop index missions_newest_first"] },
};
