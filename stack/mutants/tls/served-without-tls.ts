import type { Mutant } from "../mutant.ts";

export const servedWithoutTls: Mutant = {
  id: "served-without-tls",
  title: "the pages are served over plain HTTP as well",
  area: "tls",
  claim: "tls/redirect",
  objective: "P2.redirect",
  overlay: {
    edits: [
      {
        file: "gateway/nginx.conf",
        find: "return 308 https://$host$https_port_suffix$request_uri;",
        replace:
          "location / {\n            include /etc/nginx/snippets/client.conf;\n            proxy_pass http://client;\n        }",
      },
    ],
  },
};
