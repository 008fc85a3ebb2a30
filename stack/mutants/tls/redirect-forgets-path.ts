import type { Mutant } from "../mutant.ts";

export const redirectForgetsPath: Mutant = {
  id: "redirect-forgets-path",
  title: "plain HTTP leads to the front page, whatever was asked for",
  area: "tls",
  claim: "tls/redirect",
  objective: "P2.redirect",
  overlay: {
    edits: [
      {
        file: "gateway/nginx.conf",
        find: "return 308 https://$host$https_port_suffix$request_uri;",
        replace: "return 308 https://$host$https_port_suffix/;",
      },
    ],
  },
};
