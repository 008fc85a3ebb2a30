import type { Mutant } from "../mutant.ts";

/** A request that is sent again after the move has its effect twice. */
export const keysLeftBehind: Mutant = {
  id: "keys-left-behind",
  title: "the kept answers are left out of the migration, as if they were a cache",
  area: "migration",
  claim: "migration/zero-loss",
  objective: "P3.zero-loss",
  overlay: {
    edits: [
      {
        file: "scripts/migrate_db.sh",
        find: "readonly state_tables='public\\.cache_lease'",
        replace: "readonly state_tables='public\\.(cache_lease|idempotency_keys)'",
      },
      {
        file: "scripts/migrate_db/transfer.sh",
        find: "--format=custom --compress=1 --no-password",
        replace:
          "--format=custom --compress=1 --no-password --exclude-table-data=public.idempotency_keys",
      },
    ],
  },
};
