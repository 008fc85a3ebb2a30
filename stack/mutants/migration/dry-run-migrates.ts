import type { Mutant } from "../mutant.ts";

export const dryRunMigrates: Mutant = {
  id: "dry-run-migrates",
  title: "a dry run prints its plan and then carries it out",
  area: "migration",
  claim: "migration/failure-paths",
  objective: "P3.failure-paths",
  overlay: {
    edits: [
      {
        file: "scripts/migrate_db.sh",
        find: "then print_plan; return; fi",
        replace: "then print_plan; fi",
      },
    ],
  },
};
