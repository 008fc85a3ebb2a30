import type { Mutant } from "../mutant.ts";

export const httpsBoundForADay: Mutant = {
  id: "https-bound-for-a-day",
  title: "browsers are bound to HTTPS for a day, as in the tutorial",
  area: "headers",
  claim: "tls/redirect",
  objective: "P2.hsts",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/headers.conf",
        find: 'on "max-age=63072000; includeSubDomains";',
        replace: 'on "max-age=86400; includeSubDomains";',
      },
    ],
  },
};
