import type { Mutant } from "../mutant.ts";

export const httpsBoundWithoutTls: Mutant = {
  id: "https-bound-without-tls",
  title: "browsers are told about HTTPS over plain HTTP too, where anybody can alter it",
  area: "headers",
  claim: "tls/redirect",
  objective: "P2.hsts",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/headers.conf",
        find: 'on "max-age=63072000; includeSubDomains";\n    default "";',
        replace: 'default "max-age=63072000; includeSubDomains";',
      },
    ],
  },
};
