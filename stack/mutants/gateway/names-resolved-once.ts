import type { Mutant } from "../mutant.ts";

/** What nginx does with every name that is not marked to be resolved again. */
export const namesResolvedOnce: Mutant = {
  id: "names-resolved-once",
  title: "the gateway asks for the addresses of the replicas once, when it starts",
  area: "gateway",
  claim: "resilience/replicas-recreated",
  objective: "VP-3.replicas-recreated.availability",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/upstreams.conf",
        find: "server server:3000 resolve max_fails=1 fail_timeout=2s;",
        replace: "server server:3000 max_fails=1 fail_timeout=2s;",
      },
      {
        file: "gateway/snippets/upstreams.conf",
        find: "server server:3000 resolve backup max_fails=0;",
        replace: "server server:3000 backup max_fails=0;",
      },
      {
        file: "gateway/snippets/api.conf",
        find: "error_page 502 = @again;\n",
        replace: "",
      },
    ],
  },
};
