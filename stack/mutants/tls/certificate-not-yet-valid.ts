import type { Mutant } from "../mutant.ts";

export const certificateNotYetValid: Mutant = {
  id: "certificate-not-yet-valid",
  title: "the certificate was made by a machine whose clock is a month ahead",
  area: "tls",
  claim: "tls/certificate",
  objective: "VP-2.certificate",
  overlay: {
    certificate: {
      ageDays: -30,
    },
  },
};
