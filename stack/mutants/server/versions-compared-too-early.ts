import type { Mutant } from "../mutant.ts";

/** Postgres looks at the row again once a rival has committed, and not at what a subquery has read. */
export const versionsComparedTooEarly: Mutant = {
  id: "versions-compared-too-early",
  title: "a change compares a version that was read beforehand, so that rivals both take effect",
  area: "server",
  claim: "api/contract",
  objective: "SC-3.contract",
  overlay: {
    edits: [
      {
        file: "server/src/missions/mission-repository.ts",
        find: "($5::integer[] IS NULL OR m.version = ANY ($5))",
        replace:
          "($5::integer[] IS NULL OR (SELECT version FROM missions WHERE id = $1) = ANY ($5))",
      },
    ],
  },
};
