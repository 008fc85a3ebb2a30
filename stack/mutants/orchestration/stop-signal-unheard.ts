import type { Mutant } from "../mutant.ts";

/** Node does not listen to it: a replica serves on until the engine's patience ends. */
export const stopSignalUnheard: Mutant = {
  id: "stop-signal-unheard",
  title: "the stop signal of the API image is that of the web server it was copied from",
  area: "orchestration",
  claim: "resilience/replica-stop",
  objective: "VP-3.replica-stop.conduct",
  overlay: {
    edits: [
      { file: "server/Dockerfile", find: "STOPSIGNAL SIGTERM", replace: "STOPSIGNAL SIGWINCH" },
    ],
  },
};
