import type { Mutant } from "../mutant.ts";

/** Both numbers are copied from setups in which replicas neither come back nor move. */
export const deadReplicaShunned: Mutant = {
  id: "dead-replica-shunned",
  title: "the gateway leaves a replica out for minutes after it has come back",
  area: "gateway",
  claim: "resilience/replica-kill",
  objective: "VP-3.rotation",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/upstreams.conf",
        find: "resolve max_fails=1 fail_timeout=2s;",
        replace: "resolve max_fails=1 fail_timeout=120s;",
      },
      {
        file: "gateway/snippets/upstreams.conf",
        find: "resolver 127.0.0.11 valid=5s ipv6=off;",
        replace: "resolver 127.0.0.11 valid=300s ipv6=off;",
      },
    ],
  },
};
