import type { Mutant } from "../mutant.ts";

/** Keys were built for creations, and nobody thought of what else is sent again. */
export const keysOfChangesForgotten: Mutant = {
  id: "keys-of-changes-forgotten",
  title: "a change that is sent again with its key is refused as an old one",
  area: "server",
  claim: "api/contract",
  objective: "SC-3.contract",
  overlay: {
    edits: [
      {
        file: "server/src/missions/mission-routes.ts",
        find: "missionService.change({ id, change, versions, keyed }, deadline)",
        replace: "missionService.change({ id, change, versions, keyed: undefined }, deadline)",
      },
    ],
  },
};
