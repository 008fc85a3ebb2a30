import type { Mutant } from "../mutant.ts";

export const requestsCountedTwice: Mutant = {
  id: "requests-counted-twice",
  title: "requests to the API are counted for the application, and for its routes again",
  area: "server",
  claim: "observability/counters",
  objective: "P4.counters",
  overlay: {
    edits: [
      {
        file: "server/src/http/application.ts",
        find: "  addHealthRoutes(application, parts);\n",
        replace:
          '  application.use("/api", requestContext(parts));\n  addHealthRoutes(application, parts);\n',
      },
    ],
  },
};
