import type { Mutant } from "../mutant.ts";

export const tlsOwnSuiteOrder: Mutant = {
  id: "tls-own-suite-order",
  title: "the gateway insists on its own order of suites, which is slow on phones",
  area: "tls",
  claim: "tls/suites-and-groups",
  objective: "VP-2.suites",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/tls.conf",
        find: "ssl_prefer_server_ciphers off;",
        replace: "ssl_prefer_server_ciphers on;",
      },
    ],
  },
};
