import type { Mutant } from "../mutant.ts";

export const prometheusOnAllAddresses: Mutant = {
  id: "prometheus-on-all-addresses",
  title: "Prometheus is published on every address of the host",
  area: "observability",
  claim: "observability/not-public",
  objective: "P4.not-public",
  overlay: {
    edits: [
      {
        file: "compose.yaml",
        find: '"127.0.0.1:${PROMETHEUS_PORT:-9092}:9090"',
        replace: '"${PROMETHEUS_PORT:-9092}:9090"',
      },
    ],
  },
};
