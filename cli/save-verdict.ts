import { decideRun, writeVerdict } from "../reports/run-store.ts";
import type { Run } from "../reports/run-store.ts";
import type { RunVerdict } from "../reports/verdict.ts";

/** Decides from the record as it is now, and replaces `verdict.json`. */
export function saveVerdict(run: Run): RunVerdict {
  const verdict = decideRun(run);
  writeVerdict(run, verdict);
  return verdict;
}
