import type { Mutant } from "../mutant.ts";

/** The configuration file still says `on`, and so does every session but the application's. */
export const synchronousCommitOffForRole: Mutant = {
  id: "synchronous-commit-off-for-role",
  title: "somebody has once set synchronous_commit = off for the application's role",
  area: "postgres",
  claim: "durability/postgres-kill",
  objective: "SC-4.kill",
  overlay: {
    sql: [
      "ALTER ROLE missions_app SET synchronous_commit = off",
      // Settings of a role hold from the next session on.
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'missions_app'",
    ],
  },
};
