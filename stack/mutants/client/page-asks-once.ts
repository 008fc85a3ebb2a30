import type { Mutant } from "../mutant.ts";

export const pageAsksOnce: Mutant = {
  id: "page-asks-once",
  title: "pages ask for what is new every five minutes, to spare the API",
  area: "client",
  claim: "browser/forms",
  objective: "SC-3.client",
  overlay: {
    edits: [
      {
        file: "client/src/live/refresh-delay.ts",
        find: "refreshIntervalMs = 5_000;",
        replace: "refreshIntervalMs = 300_000;",
      },
    ],
  },
};
