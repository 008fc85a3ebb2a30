import type { Mutant } from "../mutant.ts";

export const anyOriginReads: Mutant = {
  id: "any-origin-reads",
  title: "any site may read the answers, after a quick repair of a development setup",
  area: "headers",
  claim: "tls/security-headers",
  objective: "VP-2.headers",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/headers.conf",
        find: "add_header X-DNS-Prefetch-Control off always;",
        replace:
          "add_header X-DNS-Prefetch-Control off always;\nadd_header Access-Control-Allow-Origin * always;",
      },
    ],
  },
};
