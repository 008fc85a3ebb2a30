import type { Mutant } from "../mutant.ts";

export const reloadCutsConnections: Mutant = {
  id: "reload-cuts-connections",
  title: "old workers of the gateway close all connections a moment after a reload",
  area: "gateway",
  claim: "resilience/gateway-reload",
  objective: "RES.gateway-reload.availability",
  overlay: {
    edits: [
      {
        file: "gateway/nginx.conf",
        find: "worker_shutdown_timeout 22s;",
        replace: "worker_shutdown_timeout 100ms;",
      },
    ],
  },
};
