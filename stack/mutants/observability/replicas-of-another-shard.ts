import type { Mutant } from "../mutant.ts";

export const replicasOfAnotherShard: Mutant = {
  id: "replicas-of-another-shard",
  title: "Prometheus scrapes one shard of eight of the replicas, left over from a larger site",
  area: "observability",
  claim: "observability/targets",
  objective: "P4.every-target",
  overlay: {
    edits: [
      {
        file: "monitoring/prometheus/prometheus.yml",
        find: "        refresh_interval: 5s\n",
        replace:
          '        refresh_interval: 5s\n    relabel_configs:\n      - { source_labels: [__address__], modulus: 8, target_label: __tmp_shard, action: hashmod }\n      - { source_labels: [__tmp_shard], regex: "0", action: keep }\n',
      },
    ],
  },
};
