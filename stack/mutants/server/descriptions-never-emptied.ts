import type { Mutant } from "../mutant.ts";

export const descriptionsNeverEmptied: Mutant = {
  id: "descriptions-never-emptied",
  title: "a description can be changed but not emptied, because an empty text counts as none",
  area: "server",
  claim: "api/contract",
  objective: "SC-3.contract",
  overlay: {
    edits: [
      {
        file: "server/src/missions/mission-repository.ts",
        find: "change.description ?? null,",
        replace: "change.description || null,",
      },
    ],
  },
};
