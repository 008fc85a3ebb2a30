import type { Mutant } from "../mutant.ts";

export const gatewayStoppedAtOnce: Mutant = {
  id: "gateway-stopped-at-once",
  title: "the gateway is stopped by SIGTERM, on which nginx drops what has begun",
  area: "orchestration",
  claim: "hardening/containers",
  objective: "HARD.containers",
  overlay: {
    edits: [
      {
        file: "gateway/Dockerfile",
        find: "STOPSIGNAL SIGQUIT",
        replace: "STOPSIGNAL SIGTERM",
      },
    ],
  },
};
