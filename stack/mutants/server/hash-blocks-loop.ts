import type { Mutant } from "../mutant.ts";

export const hashBlocksLoop: Mutant = {
  id: "hash-blocks-loop",
  title: "requests are fingerprinted by a slow hash, in the one thread that answers everybody",
  area: "server",
  claim: "load/event-loop",
  objective: "SC-3.event-loop",
  overlay: {
    edits: [
      {
        file: "server/src/idempotency/request-hash.ts",
        find: 'import { createHash } from "node:crypto";',
        replace: 'import { pbkdf2Sync } from "node:crypto";',
      },
      {
        file: "server/src/idempotency/request-hash.ts",
        find: 'createHash("sha256").update(JSON.stringify(intent)).digest("hex")',
        replace:
          'pbkdf2Sync(JSON.stringify(intent), "missions", 50_000, 32, "sha512").toString("hex")',
      },
    ],
  },
};
