import type { Mutant } from "../mutant.ts";

export const policyOnlyReported: Mutant = {
  id: "policy-only-reported",
  title: "the policy of the pages was left in the mode for trying it out, which blocks nothing",
  area: "headers",
  claim: "tls/security-headers",
  objective: "VP-2.headers",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/headers.conf",
        find: "add_header Content-Security-Policy $",
        replace: "add_header Content-Security-Policy-Report-Only $",
      },
    ],
  },
};
