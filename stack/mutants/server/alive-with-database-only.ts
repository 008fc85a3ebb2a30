import type { Mutant } from "../mutant.ts";

export const aliveWithDatabaseOnly: Mutant = {
  id: "alive-with-database-only",
  title:
    "a replica whose database is away calls itself dead, so that all would be restarted for it",
  area: "server",
  claim: "durability/postgres-pause",
  objective: "SC-4.postgres-pause.conduct",
  overlay: {
    edits: [
      {
        file: "server/src/http/health-routes.ts",
        find: "get: (_request, response) => {",
        replace:
          'get: async (_request, response) => {\n      if (!(await database.good())) throw new ProblemError("unavailable", 503, "No database");',
      },
    ],
  },
};
