/** Runs claims and tells what came of it: the work behind `validate`, `suite` and `gate`. */

import { mkdirSync } from "node:fs";
import { appendEvent, createRun } from "../reports/run-store.ts";
import type { Run } from "../reports/run-store.ts";
import type { RunVerdict } from "../reports/verdict.ts";
import { progress, whileAtWork } from "./console.ts";
import { lookAt } from "./pulse.ts";
import { tidyUpFirst } from "./last-resort.ts";
import { preflight } from "./preflight.ts";
import { publish } from "./publish.ts";
import { keptRuns, lastDurations, recallEarlierRuns, rememberRun } from "./remember-run.ts";
import { report, runsDirectory } from "./report.ts";
import { newRunId } from "./run-id.ts";
import { Session } from "./session.ts";
import type { SessionPlan } from "./session.ts";
import { Cancellation, orCancelled } from "./signals.ts";
import { readWaivers } from "./waivers-file.ts";

export interface ValidatePlan extends Omit<SessionPlan, "rules" | "lastDurations"> {
  /** Whether warnings cost the exit code 1. */
  readonly strict?: boolean;
  readonly json?: boolean;
  /** `false` where somebody waits for the verdict: making the report takes longer than many claims. */
  readonly allureReport?: boolean;
}

/**
 * @returns the verdict, whose exit code is the command's
 * @throws CommandError before anything is started when the machine or the settings do not allow it
 */
export async function validate(plan: ValidatePlan): Promise<RunVerdict> {
  const rules = { strict: plan.strict ?? false, waivers: readWaivers() };
  const keep = keptRuns(process.env);
  mkdirSync(runsDirectory, { recursive: true });
  let run: Run | null = null;
  using cancellation = new Cancellation((signal) => {
    // Written down at once: what is judged after this moment decides nothing any more.
    if (run !== null) appendEvent(run, { type: "cancelled", signal });
    progress(`${signal}: saving the verdict, removing the stack; once more to leave at once`);
  });
  using _crash = tidyUpFirst((error) => {
    const what = `nobody caught ${error instanceof Error ? error.stack : String(error)}`;
    progress(what);
    // A run that ends already, for a reason that stands, tears down calls that complain of it.
    if (cancellation.signal.aborted) return;
    try {
      if (run !== null) appendEvent(run, { type: "harness-error", what });
    } catch (failure) {
      // Thrown in here it would end the process at once, with the stack up.
      progress(`it is not on record: ${String(failure)}`);
    }
    cancellation.abort(error);
  });
  await orCancelled(preflight(runsDirectory, plan.ports), cancellation.signal);
  run = createRun(runsDirectory, newRunId());
  progress(`run ${run.id}, record in ${run.directory}`);
  {
    const session = new Session(
      { ...plan, rules, lastDurations: lastDurations(runsDirectory) },
      run,
      cancellation,
    );
    using _watch = await whileAtWork(() => lookAt(run, session.where));
    await session.run();
  }
  return tell(run, plan, keep, cancellation.signal.aborted);
}

async function tell(
  run: Run,
  plan: ValidatePlan,
  keep: number,
  isCancelled: boolean,
): Promise<RunVerdict> {
  try {
    recallEarlierRuns(runsDirectory, run);
  } catch (error) {
    // What the runs before came to is no reason to say nothing of this one.
    progress(`earlier runs are not recalled: ${String(error)}`);
  }
  const { allureReport = true, json = false } = plan;
  // Whoever cancels waits for seconds and no longer; the report can be made at any time.
  const withAllure = allureReport && !isCancelled;
  const verdict = await report(run, { withAllure, json });
  const removed = rememberRun(runsDirectory, run, verdict, keep);
  if (removed.length > 0) progress(`removed the oldest runs: ${removed.join(", ")}`);
  publish(verdict);
  return verdict;
}
