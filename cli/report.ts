/** Writes everything that people and machines read, from a stored run alone. */

import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import { generateAllureReport } from "../reports/allure-report.ts";
import { writeAllureExtras } from "../reports/allure.ts";
import { faultsOfRun, faultTable } from "../reports/fault-table.ts";
import { headline } from "../reports/headline.ts";
import { writeJunit } from "../reports/junit.ts";
import { writeOpenMetrics } from "../reports/open-metrics.ts";
import { rejudge } from "../reports/rejudge.ts";
import { readRun } from "../reports/run-record.ts";
import { decideRun, findRun, openRun, runFiles, writeVerdict } from "../reports/run-store.ts";
import type { Run } from "../reports/run-store.ts";
import { writeSummary } from "../reports/summary.ts";
import type { RunVerdict } from "../reports/verdict.ts";
import { print, progress } from "./console.ts";
import { exportHistograms } from "./histogram-export.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";

export const runsDirectory = fileURLToPath(new URL("../reports/runs/", import.meta.url));

async function writeAllure(run: Run, asFolder: boolean): Promise<void> {
  writeAllureExtras(run);
  const allure = await generateAllureReport(run.directory, { asFolder });
  if (!allure.generated) progress(`no Allure report: ${allure.why}`);
}

export interface ReportOptions {
  /** Whether to make the Allure report too, which takes seconds. */
  readonly withAllure: boolean;
  /** The Allure report as a folder in place of one file. */
  readonly asFolder?: boolean;
  /** The verdict as JSON on standard output, and what people read on standard error. */
  readonly json?: boolean;
}

/**
 * Verdict, summary, JUnit and metrics of a run; ends with the verdict on standard output.
 *
 * @throws CommandError when the record cannot be read, or when something could not be written; by
 * then everything that can be has been written and told
 */
export async function report(
  run: Run,
  { withAllure, asFolder = false, json = false }: ReportOptions,
): Promise<RunVerdict> {
  const verdict = concluded(run, () => decideRun(run));
  const unwritten: string[] = [];
  const attempt = async (what: string, write: () => unknown) => {
    try {
      await write();
    } catch (error) {
      const seen = error instanceof Error ? error.message : String(error);
      unwritten.push(what);
      progress(`could not write ${what}: ${seen}`);
    }
  };
  await attempt(runFiles.verdict, () => writeVerdict(run, verdict));
  await attempt(runFiles.junit, () => writeJunit(run));
  await attempt(runFiles.metrics, () => writeOpenMetrics(run));
  if (withAllure) await attempt(runFiles.allureReport, () => writeAllure(run, asFolder));
  else progress(`no Allure report yet: npm run report -- ${run.id}`);
  await attempt("histograms", () => exportHistograms(run));
  await attempt(runFiles.summary, () => writeSummary(run));
  const isTold = !unwritten.includes(runFiles.summary);
  tellVerdict(verdict, isTold ? [`Summary  ${run.directory}/${runFiles.summary}`] : [], json);
  if (unwritten.length === 0) return verdict;
  throw new CommandError(
    `the run was decided, and not reported: ${unwritten.join(", ")} could not be written to ${run.directory}; make room, then npm run report -- ${run.id}`,
    verdict.exitCode === exitCodes.go ? exitCodes.harness : verdict.exitCode,
  );
}

/** @throws CommandError when the record cannot be read: nothing can be concluded from it */
export function concluded<Conclusion>(run: Run, conclude: () => Conclusion): Conclusion {
  try {
    return conclude();
  } catch (error) {
    throw new CommandError(
      `INCONCLUSIVE  the record of ${run.id} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      exitCodes.inconclusive,
      { cause: error },
    );
  }
}

/** The verdict to people, the last line last, and to whoever asked for JSON. */
export function tellVerdict(verdict: RunVerdict, more: readonly string[], json: boolean): void {
  const lines = [...headline(verdict), ...more];
  for (const line of lines) {
    if (json) process.stderr.write(`${line}\n`);
    else print(line);
  }
  if (json) print(JSON.stringify(verdict, null, 2));
}

/** A run by its id, or by its folder. @throws CommandError when there is no such run */
export function find(idOrDirectory: string): Run {
  try {
    const isPath = idOrDirectory.includes("/") || isAbsolute(idOrDirectory);
    return isPath ? openRun(idOrDirectory) : findRun(runsDirectory, idOrDirectory);
  } catch (error) {
    throw new CommandError(
      error instanceof Error ? error.message : String(error),
      exitCodes.usage,
      { cause: error },
    );
  }
}

/** `report`: the same again for a stored run. @throws CommandError when there is no such run */
export async function reportAgain(
  id: string,
  options: Pick<ReportOptions, "asFolder" | "json">,
): Promise<number> {
  return (await report(find(id), { withAllure: true, ...options })).exitCode;
}

/** `rejudge`: every oracle once more over the stored records, against today's objectives. */
export function rejudgeAgain(id: string, json: boolean): number {
  const run = find(id);
  const { judgements, after } = concluded(run, () => rejudge(run));
  for (const { objective, before, after: now, changed } of json ? [] : judgements) {
    print(`${now.status.padEnd(8)} ${objective}${changed ? `  (was ${before.status})` : ""}`);
  }
  tellVerdict(after, [], json);
  return after.exitCode;
}

/** `faults`: one table of what was seen of every fault in those runs. */
export function printFaults(ids: readonly string[]): number {
  const runs = ids.map(find).map((run) => concluded(run, () => faultsOfRun(readRun(run))));
  print(faultTable(runs).trimEnd());
  return exitCodes.go;
}
