import type { Mutant } from "../mutant.ts";

export const versionsNotCompared: Mutant = {
  id: "versions-not-compared",
  title: "a change takes effect whatever version it was based on, and undoes those in between",
  area: "server",
  claim: "api/contract",
  objective: "SC-3.contract",
  overlay: {
    edits: [
      {
        file: "server/src/missions/mission-routes.ts",
        find: "missionService.change({ id, change, versions, keyed }, deadline)",
        replace: 'missionService.change({ id, change, versions: "*", keyed }, deadline)',
      },
    ],
  },
};
