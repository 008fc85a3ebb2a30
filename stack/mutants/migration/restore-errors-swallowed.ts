import type { Mutant } from "../mutant.ts";

/** A log was wanted, and `pipefail` was not known. */
export const restoreErrorsSwallowed: Mutant = {
  id: "restore-errors-swallowed",
  title: "the errors of a restore end in a pipe, whose last command succeeds",
  area: "migration",
  claim: "migration/failure-paths",
  objective: "P3.failure-paths",
  overlay: {
    edits: [
      {
        file: "scripts/migrate_db.sh",
        find: "set -Eeuo pipefail",
        replace: "set -Eeu",
      },
      {
        file: "scripts/migrate_db/transfer.sh",
        find: `    "\${connection[@]}" <"$3" >/dev/null 2>"$work/errors" ||
    fail "$1" "restore into`,
        replace: `    "\${connection[@]}" <"$3" 2>&1 | tee "$work/errors" >/dev/null ||
    fail "$1" "restore into`,
      },
    ],
  },
};
