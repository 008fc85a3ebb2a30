import type { Mutant } from "../mutant.ts";

export const postgresAlertLate: Mutant = {
  id: "postgres-alert-late",
  title: "the loss of Postgres is told after a quarter of an hour",
  area: "observability",
  claim: "observability/alerts",
  objective: "P4.alerts",
  overlay: {
    edits: [
      {
        file: "monitoring/prometheus/rules/alerts.yml",
        find: 'absent(pg_up{job="postgres"})\n        for: 15s',
        replace: 'absent(pg_up{job="postgres"})\n        for: 15m',
      },
    ],
  },
};
