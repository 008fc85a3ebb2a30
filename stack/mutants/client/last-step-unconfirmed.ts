import type { Mutant } from "../mutant.ts";

export const lastStepUnconfirmed: Mutant = {
  id: "last-step-unconfirmed",
  title: "missions are completed at the first press, although nothing leads back",
  area: "client",
  claim: "browser/forms",
  objective: "SC-3.client",
  overlay: {
    edits: [
      {
        file: "client/src/missions/mission-state.ts",
        find: 'label: "Complete mission", warning: finalStep',
        replace: 'label: "Complete mission", warning: null',
      },
    ],
  },
};
