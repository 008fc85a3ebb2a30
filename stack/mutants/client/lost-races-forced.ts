import type { Mutant } from "../mutant.ts";

export const lostRacesForced: Mutant = {
  id: "lost-races-forced",
  title: "changes are sent for whatever version there is, so that nobody is bothered by others",
  area: "client",
  claim: "browser/forms",
  objective: "SC-3.client",
  overlay: {
    edits: [
      {
        file: "client/src/missions/missions-api.ts",
        find: "changeMission: ({ id, version }, change,",
        replace: "changeMission: ({ id }, change,",
      },
      {
        file: "client/src/missions/missions-api.ts",
        find: '"If-Match": `"${version}"`',
        replace: '"If-Match": "*"',
      },
    ],
  },
};
