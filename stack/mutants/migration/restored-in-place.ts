import type { Mutant } from "../mutant.ts";

/** Right whenever it comes to its end. */
export const restoredInPlace: Mutant = {
  id: "restored-in-place",
  title: "the dump is restored into the production database itself, statement by statement",
  area: "migration",
  claim: "migration/zero-loss",
  objective: "P3.zero-loss",
  overlay: {
    edits: [
      {
        file: "scripts/migrate_db.sh",
        find: `  restore_next
  step 'compare the copy with the source'
  compare_with_source "$next_database"
  compare_privileges
  prepare_next
  swap_databases
`,
        replace: `  restore_in_place
  compare_with_source "\${target[database]}"
  target_changed=true
`,
      },
      {
        file: "scripts/migrate_db/transfer.sh",
        find: "restore_next() {\n",
        replace: `restore_in_place() {
  local connection
  step "restore into \${target[database]}"
  connection_of target "\${target[database]}"
  interruptible run_at target pg_restore --clean --if-exists --exit-on-error --no-password \\
    "\${connection[@]}" <"$work/source.dump" >/dev/null 2>"$work/errors" ||
    fail restore "restore: $(reason_in "$work/errors"), allowed: every statement accepted"
}

restore_next() {
`,
      },
    ],
  },
};
