import type { Mutant } from "../mutant.ts";

export const eventsAppendedTwice: Mutant = {
  id: "events-appended-twice",
  title: "an event that is sent again is appended again",
  area: "server",
  claim: "api/contract",
  objective: "SC-3.contract",
  overlay: {
    edits: [
      {
        file: "server/src/missions/event-routes.ts",
        find: "events.append(id, event, keyed,",
        replace: "events.append(id, event, undefined,",
      },
    ],
  },
};
