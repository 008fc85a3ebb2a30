import type { Mutant } from "../mutant.ts";

export const deadReplicaAskedOn: Mutant = {
  id: "dead-replica-asked-on",
  title:
    "the gateway never learns that a replica is dead and sends every third request there first",
  area: "gateway",
  claim: "resilience/replica-kill",
  objective: "VP-3.availability",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/upstreams.conf",
        find: "max_fails=1 fail_timeout=2s",
        replace: "max_fails=0",
      },
    ],
  },
};
