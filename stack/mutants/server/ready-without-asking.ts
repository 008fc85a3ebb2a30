import type { Mutant } from "../mutant.ts";

export const readyWithoutAsking: Mutant = {
  id: "ready-without-asking",
  title: "a replica calls itself ready as soon as it listens, and asks no database",
  area: "server",
  claim: "durability/postgres-pause",
  objective: "SC-4.postgres-pause.conduct",
  overlay: {
    edits: [
      {
        file: "server/src/http/health-routes.ts",
        find: 'if (!(await database.good())) {\n        throw new ProblemError("unavailable", 503, "Postgres does not answer");\n      }\n',
        replace: "",
      },
    ],
  },
};
