import type { Mutant } from "../mutant.ts";

/** It lasts as long as the container does, which every restart survives and no update. */
export const volumeWithoutName: Mutant = {
  id: "volume-without-name",
  title: "the volume of Postgres has no name, so that every new container gets an empty one",
  area: "orchestration",
  claim: "durability/postgres-recreate",
  objective: "SC-4.postgres-recreate.conduct",
  overlay: {
    edits: [
      {
        file: "compose.yaml",
        find: "- pg_data:/var/lib/postgresql/data\n",
        replace: "- /var/lib/postgresql/data\n",
      },
    ],
  },
};
