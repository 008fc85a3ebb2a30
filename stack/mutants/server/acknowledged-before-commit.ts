import type { Mutant } from "../mutant.ts";

export const acknowledgedBeforeCommit: Mutant = {
  id: "acknowledged-before-commit",
  title: "the server answers 201 without waiting for the database",
  area: "server",
  claim: "durability/postgres-pause",
  objective: "SC-4.postgres-pause.durability",
  overlay: {
    edits: [
      {
        file: "server/src/missions/mission-routes.ts",
        find: "  const written = await missions.create(randomUUID(), mission, keyed, deadline);\n",
        replace: `  const id = randomUUID();
  const at = new Date().toISOString();
  missions.create(id, mission, keyed, deadline).catch(() => undefined);
  const written: WrittenMission = {
    mission: { id, ...mission, state: "planned", version: 1, createdAt: at, updatedAt: at },
    replayed: false,
  };
`,
      },
    ],
  },
};
