/** Runs claims and tells what came of it: the work behind `validate` and `suite`. */

import { mkdirSync } from "node:fs";
import { appendEvent, createRun } from "../reports/run-store.ts";
import type { RunVerdict } from "../reports/verdict.ts";
import { heartbeat, progress } from "./console.ts";
import { preflight } from "./preflight.ts";
import { report, runsDirectory } from "./report.ts";
import { newRunId } from "./run-id.ts";
import { Session } from "./session.ts";
import type { SessionPlan } from "./session.ts";
import { Cancellation } from "./signals.ts";

/**
 * @returns the verdict, whose exit code is the command's
 * @throws CommandError before anything is started when the machine or the settings do not allow it
 */
export async function validate(plan: SessionPlan): Promise<RunVerdict> {
  mkdirSync(runsDirectory, { recursive: true });
  await preflight(runsDirectory, plan.ports);
  const run = createRun(runsDirectory, newRunId());
  using cancellation = new Cancellation((signal) => {
    // Written down at once: what is judged after this moment decides nothing any more.
    appendEvent(run, { type: "cancelled", signal });
    progress(`${signal}: saving the verdict, removing the stack; once more to leave at once`);
  });
  progress(`run ${run.id}, record in ${run.directory}`);
  {
    using _beat = heartbeat(() => `run ${run.id}`);
    await new Session(plan, run, cancellation).run();
  }
  return report(run, plan.allureReport ?? true);
}
