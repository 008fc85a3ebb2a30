import type { Mutant } from "../mutant.ts";

export const waitingWithoutEnd: Mutant = {
  id: "waiting-without-end",
  title: "the gateway lets any number of requests wait",
  area: "gateway",
  claim: "load/overload",
  objective: "SC-3.shedding",
  overlay: {
    edits: [
      { file: "gateway/snippets/api.conf", find: "limit_conn api 512;\n", replace: "" },
      {
        file: "gateway/snippets/upstreams.conf",
        find: "limit_conn_zone $hostname zone=api:32k;\n",
        replace: "",
      },
    ],
  },
};
