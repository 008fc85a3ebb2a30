import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Stage, Status, type StepResult, type TestResult } from "allure-js-commons";
import { completedResult, type AttachmentOfClaim } from "./allure-claims.ts";
import type { Criterion } from "./criteria.ts";
import { factsPage } from "./facts-table.ts";
import { headerMatrixPage } from "./header-matrix.ts";
import { exitCodeWords, verdictWords } from "./headline.ts";
import { loadPictures } from "./load-pictures.ts";
import { readRun, timelineOptionsFor, type RunRecord } from "./run-record.ts";
import { runFiles, writeRunFile, type Run } from "./run-store.ts";
import { timeline } from "./timeline.ts";
import type { RunVerdict } from "./verdict.ts";
import { reproduceCommand, witnessCsv, witnessesOf } from "./witnesses.ts";

const generator = fileURLToPath(
  new URL("../node_modules/allure-commandline/bin/allure", import.meta.url),
);
const generateMsMax = 120_000;
const outputLengthMax = 2_000;

const statusByDecision = {
  GO: Status.PASSED,
  GO_WITH_WARNINGS: Status.PASSED,
  NO_GO: Status.FAILED,
  INCONCLUSIVE: Status.BROKEN,
} as const satisfies Record<RunVerdict["verdict"], Status>;

const statusByState = {
  passed: Status.PASSED,
  failed: Status.FAILED,
  unknown: Status.BROKEN,
  "not-measured": Status.BROKEN,
  waived: Status.SKIPPED,
} as const satisfies Record<Criterion["state"], Status>;

/** What is red is sorted by who has to act: the product, the measurement, or the harness. */
const categories = [
  { name: "Product missed an objective", matchedStatuses: ["failed"] },
  {
    name: "Not measured or inconclusive",
    matchedStatuses: ["broken"],
    messageRegex: "(?s).*(INCONCLUSIVE|: unknown: |: not judged ).*",
  },
  {
    name: "Harness or environment",
    matchedStatuses: ["broken"],
    messageRegex: "(?s)(?!.*(INCONCLUSIVE|: unknown: |: not judged )).*",
  },
];

/**
 * Completes the Allure results of a run from its record: environment, executor, categories,
 * promises and timelines for the results of the runners, and a first result with the verdict, its
 * criteria as steps and all timelines. Writing again replaces what it wrote before.
 */
export function writeAllureExtras(run: Run): void {
  const record = readRun(run);
  mkdirSync(join(run.directory, runFiles.allureResults), { recursive: true });
  const write = (name: string, content: string) => {
    writeRunFile(run, `${runFiles.allureResults}/${name}`, content);
  };
  write("environment.properties", environmentProperties(record.verdict));
  write("executor.json", JSON.stringify(executorOf(record.verdict)));
  write("categories.json", JSON.stringify(categories));
  const attachments = [
    ...timelineAttachments(record, write),
    ...loadAttachments(record, write),
    ...matrixAttachments(record, write),
    ...factsAttachments(record, write),
    ...witnessAttachments(record, write),
  ];
  completeResults(run, record, attachments, write);
  write(`${resultId(run.id)}-result.json`, JSON.stringify(verdictResult(record, attachments)));
}

/** A result that cannot be read is left to the generator, which tells of it. */
function completeResults(
  run: Run,
  { verdict }: RunRecord,
  attachments: readonly AttachmentOfClaim[],
  write: (name: string, content: string) => void,
): void {
  const folder = join(run.directory, runFiles.allureResults);
  for (const name of readdirSync(folder).filter((each) => each.endsWith("-result.json"))) {
    const completed = completedResult(
      parsedOrNull(readFileSync(join(folder, name), "utf8")),
      verdict.criteria,
      attachments,
      verdict.seed,
    );
    if (completed !== null) write(name, JSON.stringify(completed));
  }
}

function parsedOrNull(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

export type AllureReport =
  | { readonly generated: true; readonly path: string }
  | { readonly generated: false; readonly why: string };

/**
 * Makes one HTML file of the Allure results of a run folder, without any request to the net.
 *
 * It never throws: no results, no Java, a failed or endless generator are answers, because a report
 * that cannot be made must not change a verdict.
 */
export async function generateAllureReport(
  runDirectory: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<AllureReport> {
  const results = join(runDirectory, runFiles.allureResults);
  const report = join(runDirectory, runFiles.allureReport);
  const found = existsSync(results)
    ? readdirSync(results).filter((name) => name.endsWith("-result.json")).length
    : 0;
  if (found === 0) return { generated: false, why: `${results} holds no result` };
  if (!(await hasJava(environment))) {
    return { generated: false, why: "Allure needs Java: install a headless JRE and report again" };
  }
  const { exitCode, output } = await execute(
    process.execPath,
    [generator, "generate", results, "-o", report, "--clean", "--single-file"],
    { ...environment, ALLURE_NO_ANALYTICS: "true" },
  );
  const path = join(report, "index.html");
  if (exitCode === 0 && existsSync(path)) return { generated: true, path };
  return { generated: false, why: `allure generate ended with ${exitCode}: ${output.trim()}` };
}

function verdictResult(
  { verdict, events }: RunRecord,
  attachments: readonly AttachmentOfClaim[],
): TestResult {
  const name = "0 Release verdict";
  const message = `${verdictWords(verdict)}: ${verdict.headline}`;
  const start = Date.parse(verdict.startedAt ?? events[0]?.at ?? "1970-01-01T00:00:00Z");
  return {
    uuid: resultId(verdict.runId),
    historyId: digest(`hyper-mission ${name}`),
    fullName: name,
    name,
    status: statusByDecision[verdict.verdict],
    statusDetails: verdict.verdict === "GO" ? {} : { message },
    stage: Stage.FINISHED,
    description: [
      `**${message}**`,
      `Exit code ${verdict.exitCode}: ${exitCodeWords(verdict.exitCode)}`,
      ...verdict.harness.errors.map((error) => `- harness error: ${error}`),
      ...verdict.warnings.map((warning) => `- warning: ${warning}`),
      ...verdict.notClaimed.map(({ promise, why }) => `- not claimed: ${promise}, ${why}`),
    ].join("\n\n"),
    steps: verdict.criteria.map((criterion) => stepOf(criterion, verdict.seed, start)),
    attachments: attachments.map(({ name: title, type, source }) => ({
      name: title,
      type,
      source,
    })),
    parameters: [],
    labels: [
      { name: "epic", value: name },
      { name: "feature", value: name },
      { name: "parentSuite", value: name },
      { name: "severity", value: "blocker" },
    ],
    links: [],
    start,
    stop: start + (verdict.durationMs ?? 0),
  };
}

function stepOf(criterion: Criterion, seed: number | null, start: number): StepResult {
  const { id, claim, title, state, evidence, limit } = criterion;
  return {
    name: `${id}: ${title}: ${state === "not-measured" ? "not measured" : state}`,
    status: statusByState[state],
    statusDetails: state === "passed" ? {} : { message: evidence },
    stage: Stage.FINISHED,
    steps: [],
    attachments: [],
    parameters: [
      { name: "seen", value: evidence },
      { name: "allowed", value: limit },
      ...(state === "passed" ? [] : [{ name: "again", value: reproduceCommand(claim, seed) }]),
    ],
    start,
    stop: start,
  };
}

function timelineAttachments(
  { records }: RunRecord,
  write: (name: string, content: string) => void,
): readonly AttachmentOfClaim[] {
  return records.flatMap(({ path, claim, objectives, record }) => {
    if (record?.kind !== "history") return [];
    const source = `${resultId(path)}-attachment.svg`;
    write(source, timeline(record.seen, timelineOptionsFor(objectives)));
    return [{ claim, name: `Timeline: ${record.seen.title}`, type: "image/svg+xml", source }];
  });
}

/** A load without faults has pictures of its own beside the timeline. */
function loadAttachments(
  { records }: RunRecord,
  write: (name: string, content: string) => void,
): readonly AttachmentOfClaim[] {
  return records.flatMap(({ path, claim, objectives, record }) => {
    if (record?.kind !== "history") return [];
    const { seen } = record;
    return loadPictures(seen, timelineOptionsFor(objectives)).map(({ name, drawing }) => {
      const source = `${resultId(`${path} ${name}`)}-attachment.svg`;
      write(source, drawing);
      return { claim, name: `${name}: ${seen.title}`, type: "image/svg+xml", source };
    });
  });
}

function matrixAttachments(
  { records }: RunRecord,
  write: (name: string, content: string) => void,
): readonly AttachmentOfClaim[] {
  return records.flatMap(({ path, claim, record }) => {
    if (record?.kind !== "transport" || record.seen.answers.length === 0) return [];
    const source = `${resultId(path)}-attachment.html`;
    write(source, headerMatrixPage(record.seen.answers));
    return [{ claim, name: "Headers of every class of answer", type: "text/html", source }];
  });
}

function factsAttachments(
  { records }: RunRecord,
  write: (name: string, content: string) => void,
): readonly AttachmentOfClaim[] {
  return records.flatMap(({ path, claim, objectives, record }) => {
    if (record?.kind !== "facts") return [];
    const name = "What was seen and what is allowed";
    const page = factsPage(`${claim}: ${name}`, record.seen, objectives);
    if (page === null) return [];
    const source = `${resultId(path)}-attachment.html`;
    write(source, page);
    return [{ claim, name, type: "text/html", source }];
  });
}

/** A table for each criterion that something on record speaks against. */
function witnessAttachments(
  { verdict, records }: RunRecord,
  write: (name: string, content: string) => void,
): readonly AttachmentOfClaim[] {
  return verdict.criteria.flatMap((criterion) => {
    if (criterion.state === "passed" || criterion.witnesses.length === 0) return [];
    const stored = records.find(({ path }) => path === criterion.record);
    const source = `${resultId(`witnesses ${criterion.claim} ${criterion.id}`)}-attachment.csv`;
    write(source, witnessCsv(witnessesOf(criterion, stored?.record ?? null)));
    const name = `Offending operations: ${criterion.id}`;
    return [{ claim: criterion.claim, name, type: "text/csv", source }];
  });
}

function environmentProperties(verdict: RunVerdict): string {
  const facts = {
    Verdict: verdictWords(verdict),
    Profile: verdict.profile ?? "unknown",
    Seed: String(verdict.seed ?? "unknown"),
    Commit: verdict.commit ?? "unknown",
    "Image source": verdict.stack.source ?? "unknown",
    ...Object.fromEntries(
      verdict.stack.images.map(({ service, reference, digest: hash }) => [
        `Image ${service}`,
        `${reference} ${hash}`,
      ]),
    ),
    ...verdict.machine,
  };
  return Object.entries(facts)
    .map(([key, value]) => `${property(key).replaceAll(" ", "\\ ")}=${property(value)}\n`)
    .join("");
}

/** Java's property format: Latin-1 with escapes, one line. */
function property(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll(/[\r\n]+/g, " ")
    .replaceAll(/[=:#!]/g, (character) => `\\${character}`)
    .replaceAll(/[^\u0020-\u007E]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
    });
}

function executorOf(verdict: RunVerdict): Readonly<Record<string, unknown>> {
  return {
    name: verdict.command ?? "hyper-mission",
    type: "hyper-mission",
    buildName: verdict.runId,
    // Allure orders its trend by this number; without it the bars have no names.
    buildOrder: verdict.earlierRuns.length + 1,
    reportName: `Hyper-Mission ${verdict.runId}: ${verdictWords(verdict)}`,
  };
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

/** A stable id in the form of a UUID, so that a second writing replaces the first. */
function resultId(seed: string): string {
  const hash = digest(`hyper-mission ${seed}`);
  return [8, 4, 4, 4, 12]
    .map((length, index, lengths) => {
      const from = lengths.slice(0, index).reduce((sum, each) => sum + each, 0);
      return hash.slice(from, from + length);
    })
    .join("-");
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
