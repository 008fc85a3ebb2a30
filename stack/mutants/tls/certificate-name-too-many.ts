import type { Mutant } from "../mutant.ts";

export const certificateNameTooMany: Mutant = {
  id: "certificate-name-too-many",
  title:
    "the certificate also stands for the host of the monitoring, which others can read keys on",
  area: "tls",
  claim: "tls/certificate",
  objective: "VP-2.certificate",
  overlay: {
    certificate: {
      hostNames: ["hyper-mission.test", "localhost", "monitoring.hyper-mission.test"],
    },
  },
};
