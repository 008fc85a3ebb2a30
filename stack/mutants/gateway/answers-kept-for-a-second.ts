import type { Mutant } from "../mutant.ts";

export const answersKeptForASecond: Mutant = {
  id: "answers-kept-for-a-second",
  title: "the gateway keeps each answer of the API for a second, to spare the replicas",
  area: "gateway",
  claim: "api/contract",
  objective: "SC-3.contract",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/upstreams.conf",
        find: "proxy_ignore_headers X-Accel-Redirect",
        replace:
          "proxy_cache_path /tmp/answers keys_zone=answers:1m max_size=32m;\nproxy_ignore_headers Cache-Control X-Accel-Redirect",
      },
      {
        file: "gateway/snippets/api.conf",
        find: "proxy_pass http://replicas;",
        replace: "proxy_cache answers;\nproxy_cache_valid 200 1s;\nproxy_pass http://replicas;",
      },
    ],
  },
};
