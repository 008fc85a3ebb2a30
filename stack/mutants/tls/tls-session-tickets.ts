import type { Mutant } from "../mutant.ts";

export const tlsSessionTickets: Mutant = {
  id: "tls-session-tickets",
  title: "the gateway hands out session tickets, whose keys then have to be kept secret",
  area: "tls",
  claim: "tls/protocols",
  objective: "VP-2.protocols",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/tls.conf",
        find: "ssl_session_tickets off;",
        replace: "ssl_session_tickets on;",
      },
    ],
  },
};
