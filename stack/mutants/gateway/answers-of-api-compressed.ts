import type { Mutant } from "../mutant.ts";

export const answersOfApiCompressed: Mutant = {
  id: "answers-of-api-compressed",
  title:
    "the gateway compresses all answers of the API, and their tags become weak ones that no change may be based on",
  area: "gateway",
  claim: "api/contract",
  objective: "SC-3.contract",
  overlay: {
    edits: [
      {
        file: "gateway/nginx.conf",
        find: "gzip off;",
        replace: "gzip on;",
      },
    ],
  },
};
