import type { Mutant } from "../mutant.ts";

export const inlineScriptsRun: Mutant = {
  id: "inline-scripts-run",
  title:
    "the policy of the pages allows scripts that stand in the page, such as those of an attacker",
  area: "headers",
  claim: "browser/secure-lock",
  objective: "SC-2.lock",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/headers.conf",
        find: "script-src 'self';",
        replace: "script-src 'self' 'unsafe-inline';",
      },
    ],
  },
};
