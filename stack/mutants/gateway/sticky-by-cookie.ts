import type { Mutant } from "../mutant.ts";

export const stickyByCookie: Mutant = {
  id: "sticky-by-cookie",
  title: "the gateway keeps each browser on one replica by a cookie",
  area: "gateway",
  claim: "load/balance",
  objective: "VP-1.clients",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/upstreams.conf",
        find: "    zone replicas 256k;",
        replace: "    sticky cookie srv_id expires=1h path=/;\n    zone replicas 256k;",
      },
    ],
  },
};
