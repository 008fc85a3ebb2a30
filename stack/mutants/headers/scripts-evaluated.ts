import type { Mutant } from "../mutant.ts";

export const scriptsEvaluated: Mutant = {
  id: "scripts-evaluated",
  title: "the policy of the pages allows text to be run as script",
  area: "headers",
  claim: "tls/security-headers",
  objective: "VP-2.headers",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/headers.conf",
        find: "script-src 'self';",
        replace: "script-src 'self' 'unsafe-eval';",
      },
    ],
  },
};
