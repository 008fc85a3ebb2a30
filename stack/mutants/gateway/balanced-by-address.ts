import type { Mutant } from "../mutant.ts";

export const balancedByAddress: Mutant = {
  id: "balanced-by-address",
  title: "the gateway chooses the replica by the address of the client",
  area: "gateway",
  claim: "load/balance",
  objective: "VP-1.clients",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/upstreams.conf",
        find: "    zone replicas 256k;",
        replace: "    ip_hash;\n    zone replicas 256k;",
      },
      // nginx knows no backup beside this method, so whoever wants the one drops the other.
      {
        file: "gateway/snippets/upstreams.conf",
        find: "    server server:3000 resolve backup max_fails=0;\n",
        replace: "",
      },
    ],
  },
};
