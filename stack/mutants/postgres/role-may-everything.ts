import type { Mutant } from "../mutant.ts";

export const roleMayEverything: Mutant = {
  id: "role-may-everything",
  title: "the role of the API may do everything to all tables, its log of events included",
  area: "postgres",
  claim: "hardening/entry",
  objective: "HARD.entry",
  overlay: { sql: ["GRANT ALL ON ALL TABLES IN SCHEMA public TO missions_app"] },
};
