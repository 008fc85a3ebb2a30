import type { Mutant } from "../mutant.ts";

export const keysMintedByTrace: Mutant = {
  id: "keys-minted-by-trace",
  title: "writes without a key get one made of the request id, which two requests may share",
  area: "gateway",
  claim: "api/contract",
  objective: "SC-3.contract",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/upstreams.conf",
        find: '"gw-$request_id";',
        replace: '"gw-$trace_id";',
      },
    ],
  },
};
