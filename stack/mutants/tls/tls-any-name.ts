import type { Mutant } from "../mutant.ts";

export const tlsAnyName: Mutant = {
  id: "tls-any-name",
  title: "the gateway shows its certificate to clients that ask for a name of somebody else",
  area: "tls",
  claim: "tls/protocols",
  objective: "VP-2.protocols",
  overlay: {
    edits: [
      { file: "gateway/nginx.conf", find: "        ssl_reject_handshake on;\n", replace: "" },
    ],
  },
};
