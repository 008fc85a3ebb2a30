import type { Mutant } from "../mutant.ts";

export const bodiesOfAnySize: Mutant = {
  id: "bodies-of-any-size",
  title: "the gateway passes on bodies of a hundred megabytes",
  area: "gateway",
  claim: "tls/security-headers",
  objective: "VP-2.headers",
  overlay: {
    edits: [
      {
        file: "gateway/nginx.conf",
        find: "client_max_body_size 100k;",
        replace: "client_max_body_size 100m;",
      },
    ],
  },
};
