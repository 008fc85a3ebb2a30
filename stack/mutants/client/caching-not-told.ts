import type { Mutant } from "../mutant.ts";

export const cachingNotTold: Mutant = {
  id: "caching-not-told",
  title: "files say nothing about caches",
  area: "client",
  claim: "static/transfer",
  objective: "P1.transfer",
  overlay: {
    edits: [
      {
        file: "client/nginx.conf",
        find: "    add_header Cache-Control $cache_control always;\n",
        replace: "",
      },
    ],
  },
};
