import type { Mutant } from "../mutant.ts";

export const tlsEarlyData: Mutant = {
  id: "tls-early-data",
  title: "the gateway takes early data, which anybody can replay who recorded it",
  area: "tls",
  claim: "tls/sessions",
  objective: "VP-2.sessions",
  overlay: {
    edits: [
      {
        file: "gateway/snippets/tls.conf",
        find: "ssl_early_data off;",
        replace: "ssl_early_data on;",
      },
    ],
  },
};
