import type { Mutant } from "../mutant.ts";

export const redirectToAnyHost: Mutant = {
  id: "redirect-to-any-host",
  title: "plain HTTP leads to whichever host the request names",
  area: "tls",
  claim: "tls/redirect",
  objective: "P2.redirect",
  overlay: {
    edits: [
      {
        file: "gateway/nginx.conf",
        find: "server_name _;\n        return 421;",
        replace: "server_name _;\n        return 308 https://$http_host$request_uri;",
      },
    ],
  },
};
