/** How a browser claim ended, from the report that Playwright wrote. */

import { stripVTControlCharacters } from "node:util";
import { checkShape, listOf, shapeOf, text } from "../reports/shape.ts";
import type { Guard } from "../reports/shape.ts";
import { outcomeOf } from "./claim-outcome.ts";
import type { ClaimOutcome, SeenError } from "./claim-outcome.ts";

interface ReportedError {
  /** Name and message, the lines of source around the throw, and the stack. */
  readonly message: string;
}

interface ReportedTest {
  readonly expectedStatus: string;
  readonly results: readonly {
    readonly status: string;
    readonly errors: readonly ReportedError[];
  }[];
}

interface ReportedSuite {
  readonly file: string;
  readonly specs: readonly { readonly tests: readonly ReportedTest[] }[];
  readonly suites?: readonly ReportedSuite[];
}

interface Report {
  readonly suites: readonly ReportedSuite[];
  readonly errors: readonly ReportedError[];
}

const error = shapeOf<ReportedError>({ message: text });

const reportedTest = shapeOf<ReportedTest>({
  expectedStatus: text,
  results: listOf(
    shapeOf<ReportedTest["results"][number]>({ status: text, errors: listOf(error) }),
  ),
});

const suite: Guard<ReportedSuite> = (value, path, report): value is ReportedSuite => {
  const own = shapeOf<Omit<ReportedSuite, "suites">>({
    file: text,
    specs: listOf(shapeOf<ReportedSuite["specs"][number]>({ tests: listOf(reportedTest) })),
  });
  if (!own(value, path, report)) return false;
  return !("suites" in value) || listOf(suite)(value.suites, `${path}.suites`, report);
};

const wholeReport = shapeOf<Report>({ suites: listOf(suite), errors: listOf(error) });

/** Where the reporter goes on behind a message: a place, lines of source or a stack. */
const behindMessage = /\n(?:\n {3}at |\n[ >]+\d+ \| | {4}at )/;

/** The reporter joins an error's name and message, as `String(error)` does. */
function seenError({ message }: ReportedError): SeenError {
  const plain = stripVTControlCharacters(message);
  const end = plain.search(behindMessage);
  const words = end === -1 ? plain : plain.slice(0, end);
  const [, name, rest] = /^(\w*Error): ([^]*)$/.exec(words) ?? [];
  return { name: name ?? "Error", message: rest ?? words, stack: plain.slice(words.length).trim() };
}

function testsOf(suites: readonly ReportedSuite[]): readonly ReportedTest[] {
  return suites.flatMap((suite) => [
    ...suite.specs.flatMap(({ tests }) => tests),
    ...testsOf(suite.suites ?? []),
  ]);
}

/** Ran once, to its end, as a test that is expected to pass. */
function hasPassed({ expectedStatus, results }: ReportedTest): boolean {
  return expectedStatus === "passed" && results.length === 1 && results.every(isResultOfPass);
}

function isResultOfPass({ status }: { readonly status: string }): boolean {
  return status === "passed";
}

export interface PlaywrightEnding {
  readonly exitCode: number | null;
  /** Last lines of what it printed. */
  readonly output: string;
  /** The JSON report; `null` where none was written. */
  readonly report: string | null;
}

function broken({ exitCode, output }: PlaywrightEnding, what: string): ClaimOutcome {
  const words = `${what}; Playwright ended with exit code ${exitCode}\n${output}`;
  return { state: "broken", error: words.trim() };
}

/**
 * Judges by errors, never by the exit code alone: without a test there is nothing to pass, and an
 * exit code that contradicts the report breaks the claim.
 *
 * @param file path of the one file that was to run, below the top
 */
export function outcomeOfReport(ending: PlaywrightEnding, file: string): ClaimOutcome {
  if (ending.report === null) return broken(ending, "looked for Playwright's report: saw none");
  let report: Report;
  try {
    report = checkShape("Playwright's report", JSON.parse(ending.report), wholeReport);
  } catch (error) {
    return broken(ending, error instanceof Error ? error.message : String(error));
  }
  const stranger = report.suites.find((suite) => suite.file !== file);
  if (stranger !== undefined) {
    return broken(ending, `asked for ${file} alone: saw ${stranger.file} run`);
  }
  const tests = testsOf(report.suites);
  const errors = [
    ...report.errors,
    ...tests.flatMap(({ results }) => results.flatMap((result) => result.errors)),
  ].map(seenError);
  const outcome = outcomeOf(errors, tests.filter(hasPassed).length, tests.length);
  if (outcome.state !== "passed" || ending.exitCode === 0) return outcome;
  return broken(ending, "read Playwright's report: saw every test pass");
}
