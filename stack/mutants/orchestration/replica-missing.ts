import type { Mutant } from "../mutant.ts";

export const replicaMissing: Mutant = {
  id: "replica-missing",
  title: "the third replica was scaled away and never came back",
  area: "orchestration",
  claim: "load/balance",
  objective: "VP-1.clients",
  overlay: {
    edits: [{ file: "compose.yaml", find: "replicas: 3", replace: "replicas: 2" }],
  },
};
