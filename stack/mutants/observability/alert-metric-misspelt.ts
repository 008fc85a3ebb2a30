import type { Mutant } from "../mutant.ts";

export const alertMetricMisspelt: Mutant = {
  id: "alert-metric-misspelt",
  title: "the alert about the certificate asks for a metric that does not exist",
  area: "observability",
  claim: "observability/panels",
  objective: "P4.panels",
  overlay: {
    edits: [
      {
        file: "monitoring/prometheus/rules/alerts.yml",
        find: "expr: probe_ssl_earliest_cert_expiry{",
        replace: "expr: probe_ssl_cert_earliest_expiry{",
      },
    ],
  },
};
