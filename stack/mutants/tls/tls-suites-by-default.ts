import type { Mutant } from "../mutant.ts";

export const tlsSuitesByDefault: Mutant = {
  id: "tls-suites-by-default",
  title: "the gateway accepts the suites that nginx has by default, static RSA and CBC among them",
  area: "tls",
  claim: "tls/suites-and-groups",
  objective: "VP-2.suites",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/tls.conf",
        find: "ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;",
        replace: "ssl_ciphers HIGH:!aNULL:!MD5;",
      },
    ],
  },
};
