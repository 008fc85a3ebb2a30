/** Tells CI systems of a run in their own words, where one is listening. */

import { appendFileSync } from "node:fs";
import { annotations, jobSummary, outputs } from "../reports/github.ts";
import type { RunVerdict } from "../reports/verdict.ts";
import { progress } from "./console.ts";

/** Job summary, outputs and annotations of GitHub; never the reason why a command fails. */
export function publish(
  verdict: RunVerdict,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  tell: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): void {
  append(environment["GITHUB_STEP_SUMMARY"], `${jobSummary(verdict)}\n`);
  append(environment["GITHUB_OUTPUT"], outputs(verdict));
  if (environment["GITHUB_ACTIONS"] === "true") {
    for (const line of annotations(verdict)) tell(line);
  }
}

function append(path: string | undefined, content: string): void {
  if (path === undefined || path === "") return;
  try {
    appendFileSync(path, content);
  } catch (error) {
    progress(`could not write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
