import type { Mutant } from "../mutant.ts";

export const keyForEachAttempt: Mutant = {
  id: "key-for-each-attempt",
  title: "the client makes a new key for every attempt, also for one whose answer was lost",
  area: "client",
  claim: "browser/forms",
  objective: "SC-3.client",
  overlay: {
    edits: [
      {
        file: "client/src/http/submission-keys.ts",
        find: "if (this.#pending?.content !== content) this.#pending",
        replace: "this.#pending",
      },
    ],
  },
};
