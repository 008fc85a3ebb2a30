import type { Mutant } from "../mutant.ts";

/** Every reload succeeds, and reads the copy. */
export const certificateCopiedAtStart: Mutant = {
  id: "certificate-copied-at-start",
  title: "the gateway serves a copy of the certificate that it made when it started",
  area: "gateway",
  claim: "resilience/certificate-replaced",
  objective: "RES.certificate-replaced.conduct",
  overlay: {
    edits: [
      {
        file: "gateway/start-gateway.sh",
        find: 'mkdir -p "$generated"\n',
        replace: 'mkdir -p "$generated"\ncp /run/secrets/tls_certificate.pem "$generated/"\n',
      },
      {
        file: "gateway/snippets/tls.conf",
        find: "ssl_certificate /run/secrets/tls_certificate.pem;",
        replace: "ssl_certificate /tmp/gateway/tls_certificate.pem;",
      },
    ],
  },
};
