import type { Mutant } from "../mutant.ts";

/** nginx's own default: safe where the server knows no keys, and a failed write where it does. */
export const writesNotRetried: Mutant = {
  id: "writes-not-retried",
  title: "the gateway retries reads on another replica, and lets writes fail",
  area: "gateway",
  claim: "resilience/replica-kill",
  objective: "VP-3.availability",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/replicas.conf",
        find: "proxy_next_upstream error timeout non_idempotent;",
        replace: "proxy_next_upstream error timeout;",
      },
      {
        file: "gateway/snippets/api.conf",
        find: "error_page 502 = @again;\n",
        replace: "",
      },
    ],
  },
};
