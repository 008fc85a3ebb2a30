import type { Mutant } from "../mutant.ts";

export const tlsSessionsForgotten: Mutant = {
  id: "tls-sessions-forgotten",
  title: "the gateway keeps no sessions, so that every visit costs a whole handshake",
  area: "tls",
  claim: "tls/sessions",
  objective: "VP-2.sessions",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/tls.conf",
        find: "ssl_session_cache shared:tls:10m;",
        replace: "ssl_session_cache off;",
      },
    ],
  },
};
