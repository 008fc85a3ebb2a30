import type { Mutant } from "../mutant.ts";

export const scrapedThroughGateway: Mutant = {
  id: "scraped-through-gateway",
  title: "Prometheus scrapes the API through the gateway, where one scrape reaches one replica",
  area: "observability",
  claim: "observability/targets",
  objective: "P4.every-target",
  overlay: {
    edits: [
      {
        file: "monitoring/prometheus/prometheus.yml",
        find: "    dns_sd_configs:\n      - names: [server]\n        type: A\n        port: 3000\n        refresh_interval: 5s\n",
        replace:
          "    scheme: https\n    tls_config: { insecure_skip_verify: true, server_name: localhost }\n    static_configs:\n      - targets: [gateway:8443]\n",
      },
    ],
  },
};
