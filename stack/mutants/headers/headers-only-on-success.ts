import type { Mutant } from "../mutant.ts";

export const headersOnlyOnSuccess: Mutant = {
  id: "headers-only-on-success",
  title: "a header stands on good answers alone, because `always` was left out",
  area: "headers",
  claim: "tls/security-headers",
  objective: "VP-2.headers",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/headers.conf",
        find: "X-Content-Type-Options nosniff always;",
        replace: "X-Content-Type-Options nosniff;",
      },
    ],
  },
};
