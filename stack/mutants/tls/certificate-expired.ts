import type { Mutant } from "../mutant.ts";

export const certificateExpired: Mutant = {
  id: "certificate-expired",
  title: "the certificate ended ten days ago, because nobody renewed it",
  area: "tls",
  claim: "tls/certificate",
  objective: "VP-2.certificate",
  overlay: {
    certificate: {
      ageDays: 100,
      validityDays: 90,
    },
  },
};
