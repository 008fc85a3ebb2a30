import type { Mutant } from "../mutant.ts";

/** No end of a process or container shows it: the pages are in the memory of the kernel. */
export const fsyncOff: Mutant = {
  id: "fsync-off",
  title: "Postgres never waits for the disk, for speed",
  area: "postgres",
  claim: "durability/power-loss",
  objective: "SC-4.power-loss.durability",
  overlay: {
    edits: [{ file: "database/postgresql.conf", find: "fsync = on", replace: "fsync = off" }],
  },
};
