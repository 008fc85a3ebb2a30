/** The gate: may this be released? Runs and decides, or decides again from a stored run. */

import { rejudge } from "../reports/rejudge.ts";
import type { Profile } from "../reports/manifest.ts";
import type { Run } from "../reports/run-store.ts";
import type { RunVerdict } from "../reports/verdict.ts";
import { dayOf } from "../reports/waivers.ts";
import type { Waiver } from "../reports/waivers.ts";
import { concluded } from "./report.ts";

export interface GateRules {
  /** `null` for the profile that the run was made with. */
  readonly profile: Profile | null;
  readonly strict: boolean;
  readonly waivers: readonly Waiver[];
  readonly now: Date;
}

/**
 * Decides a stored run as if it were to be released today: by today's oracles, limits, waivers and
 * claims. A claim of the profile that the run has not is not measured. Needs no engine.
 *
 * @throws CommandError when the record cannot be read: nothing can be concluded from it
 */
export function gateStoredRun(run: Run, rules: GateRules): RunVerdict {
  const { strict, waivers, now } = rules;
  return concluded(run, () => {
    const { before } = rejudge(run);
    const expected = rules.profile ?? before.profile ?? "release";
    return rejudge(run, { expected, strict, waivers, today: dayOf(now.toISOString()) }).after;
  });
}
