import type { Mutant } from "../mutant.ts";

export const tlsWithout13: Mutant = {
  id: "tls-without-1-3",
  title: "the gateway speaks TLS 1.2 alone",
  area: "tls",
  claim: "tls/protocols",
  objective: "VP-2.protocols",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/tls.conf",
        find: "ssl_protocols TLSv1.2 TLSv1.3;",
        replace: "ssl_protocols TLSv1.2;",
      },
    ],
  },
};
