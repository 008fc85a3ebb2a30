import type { Mutant } from "../mutant.ts";

export const certificateEndsSoon: Mutant = {
  id: "certificate-ends-soon",
  title: "the certificate ends within a week, and nothing has renewed it yet",
  area: "tls",
  claim: "tls/certificate",
  objective: "VP-2.certificate",
  overlay: {
    certificate: {
      validityDays: 7,
    },
  },
};
