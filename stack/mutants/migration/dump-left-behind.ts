import type { Mutant } from "../mutant.ts";

export const dumpLeftBehind: Mutant = {
  id: "dump-left-behind",
  title: "the dump of all data stays in the folder for temporary files",
  area: "migration",
  claim: "migration/failure-paths",
  objective: "P3.failure-paths",
  overlay: {
    edits: [
      {
        file: "scripts/migrate_db.sh",
        find: `  rm -rf "$work"
`,
        replace: "",
      },
    ],
  },
};
