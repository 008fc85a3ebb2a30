import type { Mutant } from "../mutant.ts";

export const connectTimeoutDefault: Mutant = {
  id: "connect-timeout-default",
  title:
    "the gateway waits nginx's default of a minute for a replica that does not answer its call",
  area: "gateway",
  claim: "resilience/replica-kill",
  objective: "VP-3.availability",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/replicas.conf",
        find: "proxy_connect_timeout 300ms;",
        replace: "proxy_connect_timeout 60s;",
      },
    ],
  },
};
