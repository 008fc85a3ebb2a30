import type { Mutant } from "../mutant.ts";

export const headersLostInApi: Mutant = {
  id: "headers-lost-in-api",
  title: "a header of its own in the location of the API drops all that are inherited",
  area: "headers",
  claim: "tls/security-headers",
  objective: "VP-2.headers",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/api.conf",
        find: "proxy_pass http://replicas;",
        replace: "proxy_pass http://replicas;\nadd_header X-Api-Version 1 always;",
      },
    ],
  },
};
