import type { Mutant } from "../mutant.ts";

export const answersRemembered: Mutant = {
  id: "answers-remembered",
  title: "every page of missions that was sent is remembered, and never forgotten",
  area: "server",
  claim: "load/soak",
  objective: "SC-3.memory",
  overlay: {
    edits: [
      {
        file: "server/src/missions/mission-routes.ts",
        find: "async function listMissions(\n",
        replace: "const pagesSent = new Map<string, unknown>();\n\nasync function listMissions(\n",
      },
      {
        file: "server/src/missions/mission-routes.ts",
        find: "  response.json(toPage(found, query.limit, encodeMissionCursor));\n",
        replace: `  const page = toPage(found, query.limit, encodeMissionCursor);
  pagesSent.set(randomUUID(), page);
  response.json(page);
`,
      },
    ],
  },
};
