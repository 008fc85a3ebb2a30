import type { Mutant } from "../mutant.ts";

/** Two of three replicas serve on, so that nobody notices until the next one crashes. */
export const replicasStayDown: Mutant = {
  id: "replicas-stay-down",
  title: "a replica that has crashed is not started again",
  area: "orchestration",
  claim: "resilience/replica-crash",
  objective: "VP-3.replica-crash.recovery",
  overlay: {
    edits: [
      {
        file: "compose.yaml",
        find: "    image: hyper-mission/server:${BUILD_ID:-dev}\n",
        replace: '    image: hyper-mission/server:${BUILD_ID:-dev}\n    restart: "no"\n',
      },
    ],
  },
};
