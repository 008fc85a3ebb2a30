/** A run in the record of a scene, for endings of what reads records. */

import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { runEvents } from "../../reports/hand-made-runs.ts";
import { appendEvent, createRun, runFiles } from "../../reports/run-store.ts";
import type { Run } from "../../reports/run-store.ts";
import { saveVerdict } from "../save-verdict.ts";
import type { Scene } from "./scene.ts";

/** A full run that is GO, with its verdict. */
export function storeRun({ runsDirectory }: Scene): Run {
  const run = createRun(runsDirectory, "run-1");
  for (const { at, ...body } of runEvents()) appendEvent(run, body, at);
  saveVerdict(run);
  return run;
}

/** The same, with a line that is no event. */
export function storeDamagedRun(scene: Scene): void {
  const { directory } = storeRun(scene);
  appendFileSync(join(directory, runFiles.events), '{"type":"nonsense"}\n');
}
