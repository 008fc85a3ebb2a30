import type { Mutant } from "../mutant.ts";

export const stoppedWithoutAnswering: Mutant = {
  id: "stopped-without-answering",
  title: "a replica that is asked to stop ends at once and leaves what it has begun to others",
  area: "server",
  claim: "resilience/replica-stop",
  objective: "VP-3.replica-stop.conduct",
  overlay: {
    edits: [
      {
        file: "server/src/main.ts",
        find: 'process.on("SIGTERM", (signal) => stop.onSignal(signal));',
        replace: 'process.on("SIGTERM", () => process.exit(0));',
      },
    ],
  },
};
