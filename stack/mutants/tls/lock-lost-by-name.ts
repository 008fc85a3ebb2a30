import type { Mutant } from "../mutant.ts";

export const lockLostByName: Mutant = {
  id: "lock-lost-by-name",
  title: "the certificate lacks the public name, so that browsers show no lock",
  area: "tls",
  claim: "browser/secure-lock",
  objective: "SC-2.lock",
  overlay: {
    certificate: {
      hostNames: ["localhost"],
    },
  },
};
