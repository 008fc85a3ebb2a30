/** What a canary is: the suite itself with one known defect, which a check of its own must notice. */

import type { Edit } from "../../stack/mutants/mutant.ts";
import type { CheckName } from "./checks.ts";

export interface Canary {
  /** In kebab-case. */
  readonly id: string;
  /** The defect, in the words of somebody who has just found it. */
  readonly defect: string;
  /** Made on a copy of the suite's own sources; paths from the top of the project. */
  readonly edits: readonly Edit[];
  /** The check that is green on the sound suite and must be red on this one. */
  readonly check: CheckName;
  /** Words of that check's complaint; red for another reason is luck. */
  readonly reason: string;
}
