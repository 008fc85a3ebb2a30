import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Stage, Status, type TestResult } from "allure-js-commons";
import {
  claimOfResult,
  completedResult,
  missingResult,
  type AttachmentOfClaim,
} from "./allure-claims.ts";
import { criterionStep, type ReportStep } from "./allure-steps.ts";
import { factsPage } from "./facts-table.ts";
import { headerMatrixPage } from "./header-matrix.ts";
import { exitCodeWords, verdictWords } from "./headline.ts";
import { loadPictures } from "./load-pictures.ts";
import { monitoringPicture } from "./monitoring-picture.ts";
import { panelsPage } from "./panels-page.ts";
import { readRun, timelineOptionsFor, type RunRecord } from "./run-record.ts";
import { runFiles, writeRunFile, type Run } from "./run-store.ts";
import { timeline } from "./timeline.ts";
import type { RunVerdict } from "./verdict.ts";
import { witnessCsv, witnessesOf } from "./witnesses.ts";

const epoch = "1970-01-01T00:00:00Z";

const statusByDecision = {
  GO: Status.PASSED,
  GO_WITH_WARNINGS: Status.PASSED,
  NO_GO: Status.FAILED,
  INCONCLUSIVE: Status.BROKEN,
} as const satisfies Record<RunVerdict["verdict"], Status>;

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
    ...monitoringAttachments(record, write),
    ...witnessAttachments(record, write),
  ];
  completeResults(run, record, attachments, write);
  write(`${resultId(run.id)}-result.json`, JSON.stringify(verdictResult(record, attachments)));
}

/** A result that cannot be read is left to the generator, which tells of it. */
function completeResults(
  run: Run,
  { verdict, records, events }: RunRecord,
  attachments: readonly AttachmentOfClaim[],
  write: (name: string, content: string) => void,
): void {
  const context = { criteria: verdict.criteria, records, attachments, seed: verdict.seed };
  const folder = join(run.directory, runFiles.allureResults);
  const told = new Set<string>();
  const ownFiles = new Set(verdict.claims.map(({ claim }) => missingFile(run, claim)));
  for (const name of readdirSync(folder).filter((each) => each.endsWith("-result.json"))) {
    if (ownFiles.has(name)) continue;
    const result = parsedOrNull(readFileSync(join(folder, name), "utf8"));
    const claim = claimOfResult(result);
    if (claim !== null) told.add(claim);
    const completed = completedResult(result, context);
    if (completed !== null) write(name, JSON.stringify(completed));
  }
  for (const claim of verdict.claims.filter((each) => !told.has(each.claim))) {
    const began = events.find(
      (event) => event.type === "claim-started" && event.claim === claim.claim,
    );
    const identity = {
      uuid: missingId(run, claim.claim),
      historyId: digest(`hyper-mission ${claim.claim}`),
      startMs: Date.parse(began?.at ?? verdict.startedAt ?? epoch),
    };
    write(`${identity.uuid}-result.json`, JSON.stringify(missingResult(claim, context, identity)));
  }
}

/** A result for a claim of which no runner left one. */
function missingId(run: Run, claim: string): string {
  return resultId(`${run.id} ${claim}`);
}

function missingFile(run: Run, claim: string): string {
  return `${missingId(run, claim)}-result.json`;
}

function parsedOrNull(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

function verdictResult(
  { verdict, events }: RunRecord,
  attachments: readonly AttachmentOfClaim[],
): Omit<TestResult, "steps"> & { readonly steps: readonly ReportStep[] } {
  const name = "0 Release verdict";
  const message = `${verdictWords(verdict)}: ${verdict.headline}`;
  const start = Date.parse(verdict.startedAt ?? events[0]?.at ?? epoch);
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
    steps: verdict.criteria.map((criterion) => criterionStep(criterion, verdict.seed, start)),
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

function monitoringAttachments(
  { records }: RunRecord,
  write: (name: string, content: string) => void,
): readonly AttachmentOfClaim[] {
  return records.flatMap(({ path, claim, record }): readonly AttachmentOfClaim[] => {
    const attach = (name: string, type: string, ending: string, content: string) => {
      const source = `${resultId(`monitoring ${path}`)}-attachment.${ending}`;
      write(source, content);
      return [{ claim, name, type, source }];
    };
    if (record?.kind === "panels") {
      const page = panelsPage(claim, record.seen);
      return attach("Every panel, drawn from live data", "text/html", "html", page);
    }
    const picture = record?.kind === "history" ? monitoringPicture(record.seen) : null;
    if (picture === null) return [];
    return attach("The same, as the monitoring saw it", "image/svg+xml", "svg", picture);
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
