import type { Mutant } from "../mutant.ts";

export const certificateForAnotherHost: Mutant = {
  id: "certificate-for-another-host",
  title: "the certificate names the staging host, from whose setup it was copied",
  area: "tls",
  claim: "tls/handshake",
  objective: "VP-2.handshake",
  overlay: {
    certificate: {
      hostNames: ["staging.hyper-mission.test"],
      ipAddresses: ["127.0.0.1"],
    },
  },
};
