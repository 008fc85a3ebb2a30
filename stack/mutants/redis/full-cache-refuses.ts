import type { Mutant } from "../mutant.ts";

export const fullCacheRefuses: Mutant = {
  id: "full-cache-refuses",
  title: "a full Redis refuses to store instead of making room",
  area: "redis",
  claim: "load/stores-used",
  objective: "SC-3.stores",
  overlay: {
    edits: [
      {
        file: "compose.yaml",
        find: "--maxmemory-policy allkeys-lru",
        replace: "--maxmemory-policy noeviction",
      },
    ],
  },
};
