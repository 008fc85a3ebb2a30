import type { Mutant } from "../mutant.ts";

export const tlsGroupTooMany: Mutant = {
  id: "tls-group-too-many",
  title: "the gateway also accepts a group that is in no profile",
  area: "tls",
  claim: "tls/suites-and-groups",
  objective: "VP-2.suites",
  overlay: {
    edits: [
      {
        file: "gateway/start-gateway.sh",
        find: "groups=X25519:prime256v1:secp384r1\n",
        replace: "groups=X25519:prime256v1:secp384r1:secp521r1\n",
      },
    ],
  },
};
