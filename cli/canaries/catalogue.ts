/** Every canary: who changes a line that one of them edits adapts it in the same change. */

import type { Canary } from "./canary.ts";
import { fixtureCanaries } from "./fixture-canaries.ts";
import { oracleCanaries } from "./oracle-canaries.ts";
import { verdictCanaries } from "./verdict-canaries.ts";

export const canaries: readonly Canary[] = [
  ...fixtureCanaries,
  ...oracleCanaries,
  ...verdictCanaries,
];
