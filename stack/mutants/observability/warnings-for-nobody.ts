import type { Mutant } from "../mutant.ts";

export const warningsForNobody: Mutant = {
  id: "warnings-for-nobody",
  title: "warnings are routed to nobody since somebody was woken by one",
  area: "observability",
  claim: "observability/alerts",
  objective: "P4.alerts",
  overlay: {
    edits: [
      {
        file: "monitoring/exporters/alertmanager.yml",
        find: `  repeat_interval: 4h
`,
        replace: `  repeat_interval: 4h
  routes:
    - matchers: [severity="warning"]
      receiver: nobody
`,
      },
      {
        file: "monitoring/exporters/alertmanager.yml",
        find: `receivers:
  - name: none
`,
        replace: `receivers:
  - name: none
  - name: nobody
`,
      },
    ],
  },
};
