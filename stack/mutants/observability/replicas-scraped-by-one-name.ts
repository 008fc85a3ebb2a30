import type { Mutant } from "../mutant.ts";

export const replicasScrapedByOneName: Mutant = {
  id: "replicas-scraped-by-one-name",
  title: "Prometheus scrapes the API by its common name, which stands for one of three replicas",
  area: "observability",
  claim: "observability/targets",
  objective: "P4.every-target",
  overlay: {
    edits: [
      {
        file: "monitoring/prometheus/prometheus.yml",
        find: "    dns_sd_configs:\n      - names: [server]\n        type: A\n        port: 3000\n        refresh_interval: 5s\n",
        replace: "    static_configs:\n      - targets: [server:3000]\n",
      },
    ],
  },
};
