import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runFiles } from "./run-store.ts";
import { isObject } from "./shape.ts";

const generator = fileURLToPath(
  new URL("../node_modules/allure-commandline/bin/allure", import.meta.url),
);
const generateMsMax = 120_000;
const outputLengthMax = 2_000;

export type AllureReport =
  | { readonly generated: true; readonly path: string }
  | { readonly generated: false; readonly why: string };

export interface AllureReportOptions {
  readonly environment?: NodeJS.ProcessEnv;
  /** A folder for a web server in place of one file that opens anywhere. */
  readonly asFolder?: boolean;
}

/**
 * Makes the HTML report of the Allure results of a run folder, without any request to the net.
 *
 * The generator succeeds on an empty folder, on torn results and on half of them; so the report is
 * made aside, asked how many tests it tells of, and takes its place only when that is all of them.
 *
 * It never throws: no results, no Java, a failed or endless generator are answers, because a report
 * that cannot be made must not change a verdict. An earlier report does not outlive one of them.
 */
export async function generateAllureReport(
  runDirectory: string,
  { environment = process.env, asFolder = false }: AllureReportOptions = {},
): Promise<AllureReport> {
  const report = join(runDirectory, runFiles.allureReport);
  const aside = `${report}.partial`;
  try {
    rmSync(report, { recursive: true, force: true });
    const why = await generate(runDirectory, aside, environment, asFolder);
    if (why !== null) return { generated: false, why };
    renameSync(aside, report);
    return { generated: true, path: join(report, "index.html") };
  } catch (error) {
    return { generated: false, why: error instanceof Error ? error.message : String(error) };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** @returns why there is no report; `null` where there is a whole one */
async function generate(
  runDirectory: string,
  aside: string,
  environment: NodeJS.ProcessEnv,
  asFolder: boolean,
): Promise<string | null> {
  const results = join(runDirectory, runFiles.allureResults);
  const wanted = testsIn(results);
  if (typeof wanted === "string") return wanted;
  if (!(await hasJava(environment))) {
    return "Allure needs Java: install a headless JRE and report again";
  }
  const { exitCode, output } = await execute(
    process.execPath,
    [
      generator,
      "generate",
      results,
      "-o",
      aside,
      "--clean",
      ...(asFolder ? [] : ["--single-file"]),
    ],
    { ...environment, ALLURE_NO_ANALYTICS: "true" },
  );
  if (exitCode !== 0) return `allure generate ended with ${exitCode}: ${output.trim()}`;
  const told = testsToldIn(aside, asFolder);
  return told === wanted
    ? null
    : `counted the tests of the Allure report: saw ${told ?? "none that can be read"}, ` +
        `allowed is all ${wanted} of ${results}; ${output.trim()}`;
}

/** How many tests the results are of, or why they make no report. */
function testsIn(results: string): number | string {
  const files = existsSync(results)
    ? readdirSync(results).filter((name) => name.endsWith("-result.json"))
    : [];
  if (files.length === 0) return `${results} holds no result`;
  const tests = new Set<string>();
  for (const name of files) {
    const id = testOf(readFileSync(join(results, name), "utf8"));
    if (id === null) return `${join(results, name)} is torn or no result of a test`;
    tests.add(id);
  }
  return tests.size;
}

/** Allure takes results with the same history as one test that was repeated. */
function testOf(content: string): string | null {
  const value = parsedOrNull(content);
  if (!isObject(value)) return null;
  const { historyId, uuid } = value;
  if (typeof historyId === "string") return historyId;
  return typeof uuid === "string" ? uuid : null;
}

/** The total of the report's own overview. */
function testsToldIn(report: string, asFolder: boolean): number | null {
  const page = join(report, "index.html");
  if (!existsSync(page)) return null;
  const summary = join(report, "widgets", "summary.json");
  if (asFolder && !existsSync(summary)) return null;
  const content = asFolder
    ? readFileSync(summary, "utf8")
    : embedded(readFileSync(page, "utf8"), "widgets/summary.json");
  const value = parsedOrNull(content);
  if (!isObject(value) || !isObject(value["statistic"])) return null;
  const { total } = value["statistic"];
  return typeof total === "number" ? total : null;
}

/** A file that a single-file report carries in itself, in base64. */
function embedded(page: string, name: string): string {
  const head = `d('${name}','`;
  const from = page.indexOf(head);
  if (from === -1) return "";
  const start = from + head.length;
  return Buffer.from(page.slice(start, page.indexOf("'", start)), "base64").toString();
}

function parsedOrNull(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

async function hasJava(environment: NodeJS.ProcessEnv): Promise<boolean> {
  const home = environment["JAVA_HOME"];
  const program = home === undefined || home === "" ? "java" : join(home, "bin", "java");
  return (await execute(program, ["-version"], environment)).exitCode === 0;
}

interface Ending {
  readonly exitCode: number | null;
  readonly output: string;
}

function execute(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Ending> {
  return new Promise((resolve) => {
    let output = "";
    // A group of its own, because the generator is a script that starts Java.
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    const timer = setTimeout(() => {
      output += `\nnot finished after ${generateMsMax} ms`;
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, generateMsMax);
    const keep = (chunk: Buffer) => {
      output = `${output}${chunk.toString()}`.slice(-outputLengthMax);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => {
      clearTimeout(timer);
      resolve({ exitCode: null, output: error.message });
    });
    child.once("close", (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, output });
    });
  });
}
