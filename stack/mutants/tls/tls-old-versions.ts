import type { Mutant } from "../mutant.ts";

/** Without security level 0 OpenSSL refuses the old versions whatever the configuration says. */
export const tlsOldVersions: Mutant = {
  id: "tls-old-versions",
  title: "the gateway still speaks TLS 1.0 and 1.1, for clients that nobody has seen for years",
  area: "tls",
  claim: "tls/protocols",
  objective: "VP-2.protocols",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/tls.conf",
        find: "ssl_protocols TLSv1.2 TLSv1.3;",
        replace: "ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;",
      },
      {
        file: "gateway/snippets/tls.conf",
        find: "ECDHE-RSA-CHACHA20-POLY1305;",
        replace: "ECDHE-RSA-CHACHA20-POLY1305:ECDHE-RSA-AES128-SHA:@SECLEVEL=0;",
      },
    ],
  },
};
