import type { Mutant } from "../mutant.ts";

export const referrerTold: Mutant = {
  id: "referrer-told",
  title: "pages tell every site that they lead to where the visitor was",
  area: "headers",
  claim: "tls/security-headers",
  objective: "VP-2.headers",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/headers.conf",
        find: "Referrer-Policy no-referrer always;",
        replace: "Referrer-Policy unsafe-url always;",
      },
    ],
  },
};
