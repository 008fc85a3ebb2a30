import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, join, resolve, sep } from "node:path";
import type { RunEvent, RunEventBody } from "./events.ts";
import type { JudgedRecord } from "./records.ts";
import { isObject } from "./shape.ts";
import { checkEvent, checkRecord, checkVerdict } from "./shapes.ts";
import { decide, type RunVerdict } from "./verdict.ts";

/** A run on disk; the id is the name of its folder. */
export interface Run {
  readonly id: string;
  readonly directory: string;
}

/** Files of a run, below its folder. */
export const runFiles = {
  events: "events.jsonl",
  verdict: "verdict.json",
  summary: "summary.html",
  junit: "junit.xml",
  metrics: "metrics.txt",
  dashboards: "dashboards.html",
  records: "records",
  allureResults: "allure-results",
  allureReport: "allure-report",
} as const;

const latestLink = "latest";

/**
 * Makes the folder of a new run below `root`, with a verdict that says *not finished* from the
 * first moment, and turns the link `latest` to it. Throws where the run already exists.
 */
export function createRun(root: string, id: string): Run {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(id) || id === latestLink) {
    throw new Error(`creating run "${id}": allowed are letters, digits, dot, dash and underscore`);
  }
  const directory = resolve(root, id);
  if (existsSync(directory)) {
    throw new Error(`creating run "${id}": ${directory} exists already, choose another id`);
  }
  mkdirSync(join(directory, runFiles.records), { recursive: true });
  const run = { id, directory };
  writeVerdict(run, { ...decide([]), runId: id });
  const link = join(resolve(root), `.${latestLink}-${process.pid}-${id}`);
  symlinkSync(id, link);
  renameSync(link, join(resolve(root), latestLink));
  return run;
}

/** A run that exists, by its folder; does not read anything yet. */
export function openRun(directory: string): Run {
  const absolute = resolve(directory);
  if (!existsSync(join(absolute, runFiles.verdict))) {
    throw new Error(`opening a run: ${absolute} holds no ${runFiles.verdict}`);
  }
  return { id: basename(absolute), directory: absolute };
}

/** The run of that id below `root`, or the latest; throws with the known ids if there is none. */
export function findRun(root: string, id: string = latestLink): Run {
  const known = listRuns(root);
  const directory = resolve(root, id);
  const isInside = basename(directory) === id && existsSync(join(directory, runFiles.verdict));
  if (!isInside) {
    const names = known.length === 0 ? "there are none" : known.join(", ");
    throw new Error(`looking for the run "${id}" in ${resolve(root)}: known runs: ${names}`);
  }
  return openRun(id === latestLink ? join(resolve(root), latestTarget(root)) : directory);
}

/** Ids of all runs below `root`, oldest name first. */
export function listRuns(root: string): readonly string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => existsSync(join(root, name, runFiles.verdict)))
    .toSorted();
}

/**
 * Appends one event and flushes it to disk before returning, in a single write, so that neither a
 * killed process nor a second writer can tear a line apart in the middle of the file.
 */
export function appendEvent(
  run: Run,
  body: RunEventBody,
  at: string = new Date().toISOString(),
): RunEvent {
  const event: RunEvent = { at, ...body };
  const file = openSync(join(run.directory, runFiles.events), "a");
  try {
    writeSync(file, `${JSON.stringify(event)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return event;
}

/**
 * All events of a run, in order; none where nothing was written yet.
 *
 * A last line without its end is what a killed run leaves and is let go. Any other line that is not
 * an event throws an error that names it: a verdict must not rest on half a record.
 */
export function readEvents(run: Run): readonly RunEvent[] {
  const path = join(run.directory, runFiles.events);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  // The text after the last line end: empty, or the line that was being written at the kill.
  lines.pop();
  return lines.map((line, index) => {
    const where = `reading ${path}: line ${index + 1} is not an event`;
    return checkEvent(where, parseJson(where, line));
  });
}

/** Decides a run from its events as they are now. */
export function decideRun(run: Run): RunVerdict {
  return { ...decide(readEvents(run)), runId: run.id };
}

/** Replaces the verdict in one step: a reader sees the old or the new one, never half of one. */
export function writeVerdict(run: Run, verdict: RunVerdict): void {
  replaceFile(join(run.directory, runFiles.verdict), `${JSON.stringify(verdict, null, 2)}\n`);
}

/** The verdict as it was last written; throws where the file is missing or damaged. */
export function readVerdict(run: Run): RunVerdict {
  const path = join(run.directory, runFiles.verdict);
  const what = `reading ${path}`;
  return checkVerdict(what, parseJson(what, readFileSync(path, "utf8")));
}

/** Writes what a judge is given; returns its path below the run's folder. */
export function writeRecord(run: Run, claim: string, record: JudgedRecord): string {
  const name = claim.replaceAll(/[^A-Za-z0-9._-]+/g, "-");
  const folder = join(run.directory, runFiles.records);
  mkdirSync(folder, { recursive: true });
  const taken = new Set(readdirSync(folder));
  let number = 1;
  while (taken.has(`${name}-${number}.json`)) number += 1;
  const path = `${runFiles.records}/${name}-${number}.json`;
  replaceFile(join(run.directory, path), `${JSON.stringify(record)}\n`);
  return path;
}

/** Reads a judged record; throws where it is missing, damaged, or outside of the run's folder. */
export function readRecord(run: Run, path: string): JudgedRecord {
  const what = `reading the record ${path} of run ${run.id}`;
  const value = parseJson(what, readBelowRecords(run, path, what));
  return checkRecord(what, withRows(run, what, value));
}

/** Rows of a history stand in a file of their own, because they are written as they come. */
function withRows(run: Run, what: string, value: unknown): unknown {
  if (!isObject(value) || typeof value["rows"] !== "string" || !isObject(value["seen"])) {
    return value;
  }
  const operations = readBelowRecords(run, value["rows"], what)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => parseJson(what, line));
  if (operations.length !== value["rowCount"]) {
    throw new Error(
      `${what}: ${value["rows"]} holds ${operations.length} rows, allowed ${String(value["rowCount"])}`,
    );
  }
  const sequenceOf = (row: unknown) => (isObject(row) ? Number(row["sequence"]) : Number.NaN);
  operations.sort((left, right) => sequenceOf(left) - sequenceOf(right));
  const twice = operations.find(
    (row, index) => index > 0 && sequenceOf(row) === sequenceOf(operations[index - 1]),
  );
  if (twice !== undefined) {
    throw new Error(`${what}: ${value["rows"]} holds row ${sequenceOf(twice)} twice`);
  }
  return { kind: value["kind"], seen: { ...value["seen"], operations } };
}

function readBelowRecords(run: Run, path: string, what: string): string {
  const absolute = resolve(run.directory, path);
  if (!absolute.startsWith(join(run.directory, runFiles.records, sep))) {
    throw new Error(`${what}: ${path} lies outside of ${runFiles.records}`);
  }
  if (!existsSync(absolute)) throw new Error(`${what}: ${path} does not exist`);
  return readFileSync(absolute, "utf8");
}

/** Writes a whole file or leaves the old one; the folder of the run is the only one touched. */
export function writeRunFile(run: Run, path: string, content: string): void {
  replaceFile(join(run.directory, path), content);
}

function replaceFile(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, "w");
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    // On a full disk even its beginning takes a place that something else needs.
    rmSync(temporary, { force: true });
    throw error;
  }
}

function latestTarget(root: string): string {
  const link = join(resolve(root), latestLink);
  return basename(realpathSync(link));
}

function parseJson(what: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${what}: ${seen}`, { cause });
  }
}
