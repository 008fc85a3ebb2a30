import type { Mutant } from "../mutant.ts";

export const filterLostWithCursor: Mutant = {
  id: "filter-lost-with-cursor",
  title: "from the second page on the list shows missions of all states",
  area: "server",
  claim: "api/contract",
  objective: "SC-3.contract",
  overlay: {
    edits: [
      {
        file: "server/src/missions/mission-repository.ts",
        find: 'conditions.join(" AND ")',
        replace: 'conditions.join(" OR ")',
      },
    ],
  },
};
