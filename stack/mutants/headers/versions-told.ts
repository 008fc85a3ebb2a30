import type { Mutant } from "../mutant.ts";

export const versionsTold: Mutant = {
  id: "versions-told",
  title: "the gateway tells its version in every answer",
  area: "headers",
  claim: "tls/security-headers",
  objective: "VP-2.headers",
  overlay: {
    edits: [
      {
        file: "gateway/nginx.conf",
        find: "server_tokens off;",
        replace: "server_tokens on;",
      },
    ],
  },
};
