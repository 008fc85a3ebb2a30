import type { Mutant } from "../mutant.ts";

export const metricsVolumeWithoutName: Mutant = {
  id: "metrics-volume-without-name",
  title: "Prometheus keeps its data in a volume without a name, which goes with its container",
  area: "orchestration",
  claim: "hardening/containers",
  objective: "HARD.containers",
  overlay: {
    edits: [
      {
        file: "compose.yaml",
        find: 'volumes: ["prometheus_data:/prometheus"]',
        replace: 'volumes: ["/prometheus"]',
      },
    ],
  },
};
