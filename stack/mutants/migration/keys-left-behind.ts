import type { Mutant } from "../mutant.ts";

/**
 * After the script has compared the copy, so that it says that all is well. A request that is sent
 * again after the move has its effect twice.
 */
export const keysLeftBehind: Mutant = {
  id: "keys-left-behind",
  title: "the kept answers are emptied in the copy, as if they were a cache",
  area: "migration",
  claim: "migration/zero-loss",
  objective: "P3.zero-loss",
  overlay: {
    edits: [
      {
        file: "scripts/migrate_db/own-state.sql",
        find: "SELECT 'UPDATE public.cache_lease SET generation = gen_random_uuid()'",
        replace:
          "TRUNCATE public.idempotency_keys;\n" +
          "SELECT 'UPDATE public.cache_lease SET generation = gen_random_uuid()'",
      },
    ],
  },
};
