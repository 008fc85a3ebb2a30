import type { Mutant } from "../mutant.ts";

export const addressesNotedOnce: Mutant = {
  id: "addresses-noted-once",
  title: "replicas are scraped at addresses that were noted down once",
  area: "observability",
  claim: "observability/recreated-replica",
  objective: "P4.recreated-replica",
  overlay: {
    edits: [
      {
        file: "monitoring/prometheus/prometheus.yml",
        find: "        refresh_interval: 5s\n",
        replace: "        refresh_interval: 30m\n",
      },
    ],
  },
};
