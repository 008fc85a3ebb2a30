import type { Mutant } from "../mutant.ts";

export const entriesNeverExpire: Mutant = {
  id: "entries-never-expire",
  title: "missions stay in Redis for ever, because they are stored without a time to live",
  area: "redis",
  claim: "load/stores-used",
  objective: "SC-3.stores",
  overlay: {
    edits: [
      {
        file: "server/src/cache/redis-scripts.ts",
        find: "ARGV[2], 'PX', ARGV[3])",
        replace: "ARGV[2])",
      },
    ],
  },
};
