import type { Mutant } from "../mutant.ts";

/** The one that was read to see whether there is a next page. */
export const pagesLeaveOneOut: Mutant = {
  id: "pages-leave-one-out",
  title: "the cursor of a page names the mission that the next page should begin with",
  area: "server",
  claim: "api/contract",
  objective: "SC-3.contract",
  overlay: {
    edits: [
      {
        file: "server/src/http/page-query.ts",
        find: "const last = shown.at(-1);",
        replace: "const last = items.at(-1);",
      },
    ],
  },
};
