import type { Mutant } from "../mutant.ts";

export const cachingToldTwice: Mutant = {
  id: "caching-told-twice",
  title: "the gateway tells the caching, and what the upstream told is passed on beside it",
  area: "headers",
  claim: "tls/security-headers",
  objective: "VP-2.headers",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/headers.conf",
        find: "proxy_hide_header Cache-Control;\n",
        replace: "",
      },
    ],
  },
};
