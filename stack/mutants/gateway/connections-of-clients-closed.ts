import type { Mutant } from "../mutant.ts";

export const connectionsOfClientsClosed: Mutant = {
  id: "connections-of-clients-closed",
  title: "the gateway closes the connection of a client after every answer",
  area: "gateway",
  claim: "load/balance",
  objective: "VP-1.clients",
  overlay: {
    edits: [
      {
        file: "gateway/nginx.conf",
        find: "keepalive_timeout 65s;",
        replace: "keepalive_timeout 0;",
      },
    ],
  },
};
