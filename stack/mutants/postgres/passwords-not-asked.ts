import type { Mutant } from "../mutant.ts";

export const passwordsNotAsked: Mutant = {
  id: "passwords-not-asked",
  title: "Postgres lets in everybody who reaches it, without a password",
  area: "postgres",
  claim: "hardening/entry",
  objective: "HARD.entry",
  overlay: {
    edits: [
      {
        file: "compose.yaml",
        find: "      PGDATA: /var/lib/postgresql/data\n",
        replace: "      PGDATA: /var/lib/postgresql/data\n      POSTGRES_HOST_AUTH_METHOD: trust\n",
      },
    ],
  },
};
