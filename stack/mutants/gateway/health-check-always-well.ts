import type { Mutant } from "../mutant.ts";

export const healthCheckAlwaysWell: Mutant = {
  id: "health-check-always-well",
  title: "the health check of the gateway says yes without asking any replica",
  area: "gateway",
  claim: "resilience/no-replica-left",
  objective: "VP-3.gateway-health",
  overlay: {
    edits: [
      {
        file: "gateway/nginx.conf",
        find: "proxy_pass http://replicas/livez;",
        replace: "return 200;",
      },
    ],
  },
};
