import type { Mutant } from "../mutant.ts";

export const copyNotCompared: Mutant = {
  id: "copy-not-compared",
  title: "the migration looks at the sequences of its copy, and at none of the rows",
  area: "migration",
  claim: "migration/failure-paths",
  objective: "P3.failure-paths",
  overlay: {
    edits: [
      {
        file: "scripts/migrate_db/transfer.sh",
        find: `  compare_inventories "$work/source.inventory" "$work/target.inventory"
  compare_sequences >>"$work/differences"
`,
        replace: `  compare_sequences >"$work/differences"
`,
      },
    ],
  },
};
