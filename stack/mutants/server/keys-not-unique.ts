import type { Mutant } from "../mutant.ts";

/** With a gateway that sends writes again, this is the classic way to rows that are there twice. */
export const keysNotUnique: Mutant = {
  id: "keys-not-unique",
  title: "the server stores idempotency keys and lets a second request with the same key through",
  area: "server",
  claim: "resilience/replica-pause",
  objective: "VP-3.replica-pause.duplicates",
  overlay: {
    edits: [
      {
        file: "server/src/missions/mission-repository.ts",
        find: "    ON CONFLICT (key) DO NOTHING\n",
        replace: "",
      },
      {
        file: "database/migrations/0001_missions.sql",
        find: "  key text PRIMARY KEY,\n",
        replace: "  key text NOT NULL,\n",
      },
      {
        file: "database/migrations/0001_missions.sql",
        find: "  CONSTRAINT missions_version_positive CHECK (version > 0),\n  CONSTRAINT missions_idempotency_key_unique UNIQUE (idempotency_key)\n",
        replace: "  CONSTRAINT missions_version_positive CHECK (version > 0)\n",
      },
    ],
  },
};
