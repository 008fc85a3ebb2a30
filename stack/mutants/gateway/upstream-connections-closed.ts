import type { Mutant } from "../mutant.ts";

export const upstreamConnectionsClosed: Mutant = {
  id: "upstream-connections-closed",
  title: "the gateway asks replicas to close every connection",
  area: "gateway",
  claim: "load/upstream-connections",
  objective: "VP-1.upstream-connections",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/upstreams.conf",
        find: 'proxy_set_header Connection "";',
        replace: "proxy_set_header Connection close;",
      },
    ],
  },
};
