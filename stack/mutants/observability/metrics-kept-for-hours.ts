import type { Mutant } from "../mutant.ts";

export const metricsKeptForHours: Mutant = {
  id: "metrics-kept-for-hours",
  title: "Prometheus forgets after two hours what the weekly budget needs",
  area: "observability",
  claim: "observability/alerts",
  objective: "P4.alerts",
  overlay: {
    edits: [
      {
        file: "monitoring/prometheus/Dockerfile",
        find: "retention.time=15d",
        replace: "retention.time=2h",
      },
    ],
  },
};
