import type { Mutant } from "../mutant.ts";

export const metricsPublished: Mutant = {
  id: "metrics-published",
  title: "the metrics of the replicas can be read from outside",
  area: "headers",
  claim: "tls/security-headers",
  objective: "VP-2.headers",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/site.conf",
        find: "location ~ ^/(?:metrics|livez|readyz|stub_status)(?:/|$) {\n    return 404;\n}",
        replace:
          "location ~ ^/(?:livez|readyz|stub_status)(?:/|$) {\n    return 404;\n}\nlocation = /metrics {\n    proxy_pass http://replicas;\n}",
      },
    ],
  },
};
