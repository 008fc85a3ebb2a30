import type { Mutant } from "../mutant.ts";

export const bodiesTooSmall: Mutant = {
  id: "bodies-too-small",
  title: "the gateway refuses bodies of more than eight kilobytes, which a full description is",
  area: "gateway",
  claim: "api/contract",
  objective: "SC-3.contract",
  overlay: {
    edits: [
      {
        file: "gateway/nginx.conf",
        find: "client_max_body_size 100k;",
        replace: "client_max_body_size 8k;",
      },
    ],
  },
};
