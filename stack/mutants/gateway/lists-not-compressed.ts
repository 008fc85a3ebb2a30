import type { Mutant } from "../mutant.ts";

export const listsNotCompressed: Mutant = {
  id: "lists-not-compressed",
  title: "lists of missions are sent as they are",
  area: "gateway",
  claim: "static/transfer",
  objective: "P1.transfer",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/site.conf",
        find: "location = /api/missions {\n    gzip on;\n",
        replace: "location = /api/missions {\n",
      },
    ],
  },
};
