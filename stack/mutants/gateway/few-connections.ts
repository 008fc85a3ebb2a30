import type { Mutant } from "../mutant.ts";

export const fewConnections: Mutant = {
  id: "few-connections",
  title: "the gateway takes as many connections as in the example that it was begun with",
  area: "gateway",
  claim: "load/overload",
  objective: "SC-3.shedding",
  overlay: {
    edits: [
      {
        file: "gateway/nginx.conf",
        find: "worker_connections 4096",
        replace: "worker_connections 128",
      },
    ],
  },
};
