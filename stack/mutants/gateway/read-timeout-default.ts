import type { Mutant } from "../mutant.ts";

/** Nobody sees an error: requests to the frozen replica take as long as it is frozen. */
export const readTimeoutDefault: Mutant = {
  id: "read-timeout-default",
  title: "the gateway waits nginx's default of a minute for the answer of a silent replica",
  area: "gateway",
  claim: "resilience/replica-pause",
  objective: "VP-3.replica-pause.availability",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/replicas.conf",
        find: "proxy_read_timeout 6s;",
        replace: "proxy_read_timeout 60s;",
      },
    ],
  },
};
