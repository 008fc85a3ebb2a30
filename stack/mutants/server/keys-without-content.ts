import type { Mutant } from "../mutant.ts";

export const keysWithoutContent: Mutant = {
  id: "keys-without-content",
  title: "a key stands for a path, so that another request with it gets the answer of the first",
  area: "server",
  claim: "api/contract",
  objective: "SC-3.contract",
  overlay: {
    edits: [
      {
        file: "server/src/http/keyed-request.ts",
        find: "requestHash([request.method, request.path, ...intent])",
        replace: "requestHash([request.method, request.path, intent.length])",
      },
    ],
  },
};
