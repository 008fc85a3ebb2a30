import type { Mutant } from "../mutant.ts";

export const grafanaDefaultPassword: Mutant = {
  id: "grafana-default-password",
  title: "Grafana is started with a password that everybody knows",
  area: "observability",
  claim: "observability/not-public",
  objective: "P4.not-public",
  overlay: {
    edits: [
      {
        file: "compose.yaml",
        find: "GF_SECURITY_ADMIN_PASSWORD__FILE: /run/secrets/grafana_admin_password",
        replace: "GF_SECURITY_ADMIN_PASSWORD: admin",
      },
    ],
  },
};
