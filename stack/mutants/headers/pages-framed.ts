import type { Mutant } from "../mutant.ts";

export const pagesFramed: Mutant = {
  id: "pages-framed",
  title: "any site may show the pages in a frame of its own",
  area: "headers",
  claim: "browser/secure-lock",
  objective: "SC-2.lock",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/headers.conf",
        find: "add_header X-Frame-Options DENY always;\n",
        replace: "",
      },
      {
        file: "gateway/snippets/headers.conf",
        find: "form-action 'self'; frame-ancestors 'none';",
        replace: "form-action 'self';",
      },
    ],
  },
};
