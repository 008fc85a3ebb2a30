import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import {
  criterionKey,
  isComparable,
  type Baseline,
  type EarlierCriterion,
  type EarlierRun,
  type EarlierRuns,
  type RunKind,
} from "./earlier-runs.ts";
import type { CriterionState } from "./records.ts";
import { isObject } from "./shape.ts";
import { baselineRules } from "./slo.ts";
import { median } from "./statistics.ts";
import type { RunVerdict } from "./verdict.ts";

/**
 * What is kept of every run for the runs after it: one line each in one small file, so that a machine
 * that starts empty needs to be given nothing else to have a trend and a baseline.
 */

export const historyFile = "history.jsonl";

/** Lines of one kind of run, and of all kinds. */
const linesOfKindMax = 60;
const linesMax = 300;
/** Points of a trend that a reader takes in at a glance. */
export const trendMax = 14;

/** One line of the file. */
export interface HistoryEntry extends EarlierRun {
  readonly schemaVersion: 1;
  readonly kind: RunKind;
  /** By `<claim> <objective>`. */
  readonly criteria: Readonly<Record<string, HistoryCriterion>>;
  /** How long each claim took, in milliseconds. */
  readonly claims: Readonly<Record<string, number>>;
  readonly allure: readonly AllureOutcome[];
}

interface HistoryCriterion {
  readonly state: CriterionState;
  readonly value: number | null;
  /** Every number that can be compared, by its name. */
  readonly numbers: Readonly<Record<string, number>>;
}

/** One result of the Allure report, as its history tells it. */
export interface AllureOutcome {
  readonly historyId: string;
  readonly uid: string;
  readonly status: string;
  readonly start: number;
  readonly stop: number;
}

/** The kind of a run, or `null` for one that never started. */
function kindOf(
  run: Pick<RunVerdict, "branch" | "profile" | "machineClass" | "scope">,
): RunKind | null {
  const { branch, profile, machineClass, scope } = run;
  return profile === null ? null : { branch: branch ?? "unknown", profile, machineClass, scope };
}

/** What a run leaves to the runs after it; `null` where it never started. */
export function entryOf(run: RunVerdict, allure: readonly AllureOutcome[]): HistoryEntry | null {
  const kind = kindOf(run);
  if (kind === null || run.startedAt === null) return null;
  return {
    schemaVersion: 1,
    kind,
    runId: run.runId,
    startedAt: run.startedAt,
    verdict: run.verdict,
    durationMs: run.durationMs,
    criteria: Object.fromEntries(
      run.criteria.map(({ claim, id, state, deciding, measurements }) => [
        criterionKey(claim, id),
        {
          state,
          value: deciding?.value ?? null,
          numbers: Object.fromEntries(
            measurements.filter(isComparable).map(({ name, value }) => [name, value]),
          ),
        },
      ]),
    ),
    claims: Object.fromEntries(
      run.claims.flatMap(({ claim, durationMs }) =>
        durationMs === null ? [] : [[claim, durationMs]],
      ),
    ),
    allure,
  };
}

/**
 * Every run that was kept below `root`, oldest first. A line that cannot be read, such as the last
 * one of a full disk, is let go: a past that is not known makes no run better.
 */
export function readHistory(root: string): readonly HistoryEntry[] {
  const path = join(root, historyFile);
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .split("\n")
    .flatMap((line) => parsed(line) ?? [])
    .toSorted((left, right) => left.startedAt.localeCompare(right.startedAt));
}

/** Adds a run, or replaces what was kept of it, and lets go of the oldest beyond the bounds. */
export function remember(root: string, entry: HistoryEntry): void {
  mkdirSync(root, { recursive: true });
  const path = join(root, historyFile);
  const known = readHistory(root).filter(({ runId }) => runId !== entry.runId);
  const all = [...known, entry];
  const kept = all
    .filter((one, index) => {
      const newer = all.slice(index + 1).filter((other) => isSameKind(other.kind, one.kind));
      return newer.length < linesOfKindMax;
    })
    .slice(-linesMax);
  if (kept.length === known.length + 1 && !wasKept(path, entry.runId)) {
    appendFileSync(path, `${JSON.stringify(entry)}\n`);
    return;
  }
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, kept.map((one) => `${JSON.stringify(one)}\n`).join(""));
  renameSync(temporary, path);
}

function wasKept(path: string, runId: string): boolean {
  return existsSync(path) && readFileSync(path, "utf8").includes(`"runId":"${runId}"`);
}

/** Runs that a run can be compared with: of its kind, before it, with a criterion in common. */
export function comparableRuns(
  entries: readonly HistoryEntry[],
  run: RunVerdict,
): readonly HistoryEntry[] {
  const kind = kindOf(run);
  const keys = new Set(run.criteria.map(({ claim, id }) => criterionKey(claim, id)));
  return entries.filter(
    (entry) =>
      kind !== null &&
      isSameKind(entry.kind, kind) &&
      entry.runId !== run.runId &&
      entry.startedAt < (run.startedAt ?? "") &&
      Object.keys(entry.criteria).some((key) => keys.has(key)),
  );
}

/** The past of a run's criteria; `null` where there is none. */
export function earlierRunsOf(
  entries: readonly HistoryEntry[],
  run: RunVerdict,
): EarlierRuns | null {
  const kind = kindOf(run);
  const comparable = comparableRuns(entries, run);
  if (kind === null || comparable.length === 0) return null;
  const shown = comparable.slice(-trendMax);
  return {
    kind,
    runs: shown.map(({ runId, startedAt, verdict, durationMs }) => ({
      runId,
      startedAt,
      verdict,
      durationMs,
    })),
    criteria: Object.fromEntries(
      run.criteria.map(({ claim, id }) => {
        const key = criterionKey(claim, id);
        return [key, earlierCriterionOf(key, shown, comparable)];
      }),
    ),
  };
}

function earlierCriterionOf(
  key: string,
  shown: readonly HistoryEntry[],
  comparable: readonly HistoryEntry[],
): EarlierCriterion {
  return {
    states: shown.map(({ criteria }) => criteria[key]?.state ?? null),
    values: shown.map(({ criteria }) => criteria[key]?.value ?? null),
    baselines: baselinesOf(
      comparable
        .filter(({ verdict }) => verdict === "GO" || verdict === "GO_WITH_WARNINGS")
        .flatMap(({ criteria }) => criteria[key] ?? [])
        .filter(({ state }) => state === "passed")
        .slice(-baselineRules.runsMax),
    ),
  };
}

function baselinesOf(passed: readonly HistoryCriterion[]): Readonly<Record<string, Baseline>> {
  const names = new Set(passed.flatMap(({ numbers }) => Object.keys(numbers)));
  return Object.fromEntries(
    [...names].map((name) => {
      const values = passed.flatMap(({ numbers }) => numbers[name] ?? []);
      const baseline: Baseline = {
        median: median(values) ?? 0,
        low: Math.min(...values),
        high: Math.max(...values),
        runs: values.length,
      };
      return [name, baseline];
    }),
  );
}

function isSameKind(left: RunKind, right: RunKind): boolean {
  return (
    left.branch === right.branch &&
    left.profile === right.profile &&
    left.machineClass === right.machineClass &&
    left.scope === right.scope
  );
}

function parsed(line: string): HistoryEntry | null {
  if (line.trim() === "") return null;
  try {
    const value: unknown = JSON.parse(line);
    return isEntry(value) ? value : null;
  } catch {
    return null;
  }
}

function isEntry(value: unknown): value is HistoryEntry {
  return (
    isObject(value) &&
    value["schemaVersion"] === 1 &&
    typeof value["runId"] === "string" &&
    typeof value["startedAt"] === "string" &&
    typeof value["verdict"] === "string" &&
    isObject(value["kind"]) &&
    isObject(value["criteria"]) &&
    Object.values(value["criteria"]).every(
      (each) => isObject(each) && typeof each["state"] === "string" && isObject(each["numbers"]),
    ) &&
    isObject(value["claims"]) &&
    Array.isArray(value["allure"])
  );
}
