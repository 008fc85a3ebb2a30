import type { Mutant } from "../mutant.ts";

export const noHttp2: Mutant = {
  id: "no-http2",
  title: "the gateway speaks HTTP/1.1 alone",
  area: "tls",
  claim: "tls/sessions",
  objective: "VP-2.sessions",
  overlay: {
    edits: [{ file: "gateway/snippets/tls.conf", find: "http2 on;", replace: "http2 off;" }],
  },
};
