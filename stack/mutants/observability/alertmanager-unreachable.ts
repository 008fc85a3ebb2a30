import type { Mutant } from "../mutant.ts";

export const alertmanagerUnreachable: Mutant = {
  id: "alertmanager-unreachable",
  title: "Prometheus sends its alerts to a port at which nobody listens",
  area: "observability",
  claim: "observability/replica-down-alert",
  objective: "P4.replica-down-alert",
  overlay: {
    edits: [
      {
        file: "monitoring/prometheus/prometheus.yml",
        find: "  alertmanagers:\n    - static_configs:\n        - targets: [alertmanager:9093]\n",
        replace:
          "  alertmanagers:\n    - static_configs:\n        - targets: [alertmanager:9094]\n",
      },
    ],
  },
};
