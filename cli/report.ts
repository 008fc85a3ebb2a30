/** Writes everything that people and machines read, from a stored run alone. */

import { fileURLToPath } from "node:url";
import { generateAllureReport, writeAllureExtras } from "../reports/allure.ts";
import { faultsOfRun, faultTable } from "../reports/fault-table.ts";
import { headline } from "../reports/headline.ts";
import { writeJunit } from "../reports/junit.ts";
import { rejudge } from "../reports/rejudge.ts";
import { readRun } from "../reports/run-record.ts";
import { findRun } from "../reports/run-store.ts";
import type { Run } from "../reports/run-store.ts";
import { writeSummary } from "../reports/summary.ts";
import type { RunVerdict } from "../reports/verdict.ts";
import { print, progress } from "./console.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { saveVerdict } from "./save-verdict.ts";

export const runsDirectory = fileURLToPath(new URL("../reports/runs/", import.meta.url));

async function writeAllure(run: Run): Promise<void> {
  writeAllureExtras(run);
  const allure = await generateAllureReport(run.directory);
  if (!allure.generated) progress(`no Allure report: ${allure.why}`);
}

/**
 * Verdict, summary and JUnit of a run; ends with the verdict on standard output.
 *
 * @param withAllure whether to make the Allure report too, which takes seconds
 */
export async function report(run: Run, withAllure: boolean): Promise<RunVerdict> {
  const verdict = saveVerdict(run);
  writeJunit(run);
  if (withAllure) await writeAllure(run);
  else progress(`no Allure report yet: npm run report -- ${run.id}`);
  writeSummary(run);
  for (const line of headline(verdict)) print(line);
  print(`Summary  ${run.directory}/summary.html`);
  return verdict;
}

function find(id: string): Run {
  try {
    return findRun(runsDirectory, id);
  } catch (error) {
    throw new CommandError(
      error instanceof Error ? error.message : String(error),
      exitCodes.usage,
      { cause: error },
    );
  }
}

/** `report`: the same again for a stored run. @throws CommandError when there is no such run */
export async function reportAgain(id: string): Promise<number> {
  return (await report(find(id), true)).exitCode;
}

/** `rejudge`: every oracle once more over the stored records, against today's objectives. */
export function rejudgeAgain(id: string): number {
  const { judgements, after } = rejudge(find(id));
  for (const { objective, before, after: now, changed } of judgements) {
    print(`${now.status.padEnd(8)} ${objective}${changed ? `  (was ${before.status})` : ""}`);
  }
  for (const line of headline(after)) print(line);
  return after.exitCode;
}

/** `faults`: one table of what was seen of every fault in those runs. */
export function printFaults(ids: readonly string[]): number {
  const runs = ids.map((id) => faultsOfRun(readRun(find(id))));
  print(faultTable(runs).trimEnd());
  return exitCodes.go;
}
