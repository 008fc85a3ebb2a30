import type { Mutant } from "../mutant.ts";

/** Unlogged tables survive a clean stop, and are empty after any other end. */
export const tablesUnlogged: Mutant = {
  id: "tables-unlogged",
  title: "a migration makes the tables unlogged, to speed up an import",
  area: "postgres",
  claim: "durability/postgres-kill",
  objective: "SC-4.kill",
  overlay: {
    edits: [
      {
        file: "database/migrations/0001_missions.sql",
        find: "CREATE TABLE missions (",
        replace: "CREATE UNLOGGED TABLE missions (",
      },
      {
        file: "database/migrations/0001_missions.sql",
        find: "CREATE TABLE mission_events (",
        replace: "CREATE UNLOGGED TABLE mission_events (",
      },
    ],
  },
};
