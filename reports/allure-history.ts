import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { trendMax, type AllureOutcome, type HistoryEntry } from "./run-history.ts";
import { runFiles, writeRunFile, type Run } from "./run-store.ts";
import { isObject } from "./shape.ts";

const statuses = ["failed", "broken", "skipped", "passed", "unknown"] as const;

/** The last outcome of every test among a run's results; a test that was repeated counts once. */
export function allureOutcomes(run: Run): readonly AllureOutcome[] {
  const folder = join(run.directory, runFiles.allureResults);
  if (!existsSync(folder)) return [];
  const outcomes = readdirSync(folder)
    .filter((name) => name.endsWith("-result.json"))
    .flatMap((name) => outcomeOf(readFileSync(join(folder, name), "utf8")) ?? [])
    .toSorted((left, right) => left.start - right.start);
  return [...new Map(outcomes.map((outcome) => [outcome.historyId, outcome])).values()];
}

/**
 * Writes the folder `history` of a run's results, from which Allure makes the past of each test and
 * its trend. A single-file report leaves no such folder behind to be copied, and a copied one knows
 * neither branch nor machine; so it is made of what was kept of comparable runs.
 */
export function writeAllureHistory(run: Run, entries: readonly HistoryEntry[]): void {
  const newestFirst = entries.slice(-trendMax).toReversed();
  const folder = `${runFiles.allureResults}/history`;
  mkdirSync(join(run.directory, folder), { recursive: true });
  const write = (name: string, content: unknown) =>
    writeRunFile(run, `${folder}/${name}`, JSON.stringify(content));
  write("history.json", pastOfTests(newestFirst));
  write(
    "history-trend.json",
    trend(newestFirst, ({ allure }) => statisticOf(allure)),
  );
  write(
    "duration-trend.json",
    trend(newestFirst, ({ durationMs }) => ({ duration: durationMs ?? 0 })),
  );
  write(
    "retry-trend.json",
    trend(newestFirst, ({ allure }) => ({ run: allure.length, retry: 0 })),
  );
}

function pastOfTests(newestFirst: readonly HistoryEntry[]): Readonly<Record<string, unknown>> {
  const past = new Map<string, AllureOutcome[]>();
  for (const outcome of newestFirst.flatMap(({ allure }) => allure)) {
    past.set(outcome.historyId, [...(past.get(outcome.historyId) ?? []), outcome]);
  }
  return Object.fromEntries(
    [...past].map(([historyId, outcomes]) => [
      historyId,
      {
        statistic: statisticOf(outcomes),
        items: outcomes.map(({ uid, status, start, stop }) => ({
          uid,
          status,
          time: { start, stop, duration: stop - start },
        })),
      },
    ]),
  );
}

function trend(
  newestFirst: readonly HistoryEntry[],
  dataOf: (entry: HistoryEntry) => Readonly<Record<string, number>>,
): readonly unknown[] {
  return newestFirst.map((entry, index) => ({
    buildOrder: newestFirst.length - index,
    reportName: entry.runId,
    data: dataOf(entry),
  }));
}

function statisticOf(outcomes: readonly AllureOutcome[]): Readonly<Record<string, number>> {
  const counts = statuses.map((status) => {
    return [status, outcomes.filter((outcome) => outcome.status === status).length] as const;
  });
  return { ...Object.fromEntries(counts), total: outcomes.length };
}

function outcomeOf(content: string): AllureOutcome | null {
  try {
    const value: unknown = JSON.parse(content);
    if (!isObject(value)) return null;
    const { historyId, uuid, status, start, stop } = value;
    if (typeof historyId !== "string" || typeof uuid !== "string") return null;
    if (typeof start !== "number" || typeof stop !== "number") return null;
    return {
      historyId,
      uid: uuid.replaceAll("-", ""),
      status: typeof status === "string" ? status : "unknown",
      start,
      stop,
    };
  } catch {
    return null;
  }
}
