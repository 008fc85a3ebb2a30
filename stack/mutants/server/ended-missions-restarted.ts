import type { Mutant } from "../mutant.ts";

export const endedMissionsRestarted: Mutant = {
  id: "ended-missions-restarted",
  title: "a mission that has ended can be started again",
  area: "server",
  claim: "api/contract",
  objective: "SC-3.contract",
  overlay: {
    edits: [
      {
        file: "server/src/missions/mission.ts",
        find: 'active: ["planned"],',
        replace: 'active: ["planned", "completed", "aborted"],',
      },
    ],
  },
};
