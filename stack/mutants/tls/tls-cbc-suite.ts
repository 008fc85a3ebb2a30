import type { Mutant } from "../mutant.ts";

export const tlsCbcSuite: Mutant = {
  id: "tls-cbc-suite",
  title: "the gateway accepts a CBC suite again, for one old client",
  area: "tls",
  claim: "tls/suites-and-groups",
  objective: "VP-2.suites",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/tls.conf",
        find: "ECDHE-RSA-CHACHA20-POLY1305;",
        replace: "ECDHE-RSA-CHACHA20-POLY1305:ECDHE-RSA-AES128-SHA256;",
      },
    ],
  },
};
