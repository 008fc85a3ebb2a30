import type { Mutant } from "../mutant.ts";

export const headersLostInErrors: Mutant = {
  id: "headers-lost-in-errors",
  title: "a hint when to come again, added where no replica is left, drops all that is inherited",
  area: "headers",
  claim: "resilience/no-replica-left",
  objective: "VP-2.headers-without-replicas",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/site.conf",
        find: "location @unreachable {\n",
        replace: "location @unreachable {\n    add_header Retry-After 1 always;\n",
      },
    ],
  },
};
