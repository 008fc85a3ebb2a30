import type { Mutant } from "../mutant.ts";

/** The data lies in an anonymous volume of the image; the named one stays empty. */
export const volumeOnWrongPath: Mutant = {
  id: "volume-on-wrong-path",
  title: "the volume of Postgres is mounted one folder above the data",
  area: "orchestration",
  claim: "migration/volume-persists",
  objective: "P3.volume",
  overlay: {
    edits: [
      {
        file: "compose.yaml",
        find: "- pg_data:/var/lib/postgresql/data\n",
        replace: "- pg_data:/var/lib/postgresql\n",
      },
    ],
  },
};
