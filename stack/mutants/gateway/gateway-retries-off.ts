import type { Mutant } from "../mutant.ts";

export const gatewayRetriesOff: Mutant = {
  id: "gateway-retries-off",
  title: "the gateway hands the failure of one replica on instead of asking another",
  area: "gateway",
  claim: "resilience/replica-kill",
  objective: "VP-3.availability",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/replicas.conf",
        find: "proxy_next_upstream error timeout non_idempotent;",
        replace: "proxy_next_upstream off;",
      },
      {
        file: "gateway/snippets/api.conf",
        find: "error_page 502 = @again;\n",
        replace: "",
      },
    ],
  },
};
