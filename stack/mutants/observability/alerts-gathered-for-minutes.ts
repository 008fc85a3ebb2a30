import type { Mutant } from "../mutant.ts";

export const alertsGatheredForMinutes: Mutant = {
  id: "alerts-gathered-for-minutes",
  title: "Alertmanager gathers alerts for five minutes before it tells anybody",
  area: "observability",
  claim: "observability/replica-down-alert",
  objective: "P4.replica-down-alert",
  overlay: {
    edits: [
      {
        file: "monitoring/exporters/alertmanager.yml",
        find: "group_wait: 2s",
        replace: "group_wait: 5m",
      },
    ],
  },
};
