import type { Mutant } from "../mutant.ts";

export const plannedMissionsAborted: Mutant = {
  id: "planned-missions-aborted",
  title: "a mission that has not begun can be aborted",
  area: "server",
  claim: "api/contract",
  objective: "SC-3.contract",
  overlay: {
    edits: [
      {
        file: "server/src/missions/mission.ts",
        find: 'aborted: ["active"],',
        replace: 'aborted: ["planned", "active"],',
      },
    ],
  },
};
