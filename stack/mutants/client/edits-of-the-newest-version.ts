import type { Mutant } from "../mutant.ts";

export const editsOfTheNewestVersion: Mutant = {
  id: "edits-of-the-newest-version",
  title: "an edit is based on what the page has learned meanwhile, and not on what its author saw",
  area: "client",
  claim: "browser/forms",
  objective: "SC-3.client",
  overlay: {
    edits: [
      {
        file: "client/src/detail/edit-mission-form.tsx",
        find: "const [seen, setSeen] =",
        replace: "const [, setSeen] =",
      },
      {
        file: "client/src/detail/edit-mission-form.tsx",
        find: "store.change(seen, content)",
        replace: "store.change(mission, content)",
      },
    ],
  },
};
