import type { Mutant } from "../mutant.ts";

export const panelLabelWrong: Mutant = {
  id: "panel-label-wrong",
  title: "a panel adds up by a label that the metric does not have",
  area: "observability",
  claim: "observability/panels",
  objective: "P4.panels",
  overlay: {
    edits: [
      {
        file: "monitoring/grafana/dashboards/server.json",
        find: "sum by (status_class) (",
        replace: "sum by (status) (",
      },
    ],
  },
};
