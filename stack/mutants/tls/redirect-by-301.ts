import type { Mutant } from "../mutant.ts";

export const redirectBy301: Mutant = {
  id: "redirect-by-301",
  title: "plain HTTP is redirected by a 301, which turns a write into a read",
  area: "tls",
  claim: "tls/redirect",
  objective: "P2.redirect",
  overlay: {
    edits: [
      {
        file: "gateway/nginx.conf",
        find: "return 308 https://$host$https_port_suffix$request_uri;",
        replace: "return 301 https://$host$https_port_suffix$request_uri;",
      },
    ],
  },
};
