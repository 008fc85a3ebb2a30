/** What a run looks like at this moment, read from what it has written so far. */

import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { formatDuration, formatNumberOf } from "../reports/format.ts";
import { runFiles } from "../reports/run-store.ts";
import type { Run } from "../reports/run-store.ts";
import { isObject } from "../reports/shape.ts";
import { quantile } from "../reports/statistics.ts";

/** Answers of the last seconds say how it is now. */
const windowMs = 2_000;
const tailBytesMax = 96 * 1024;
/** A file that nobody wrote to for so long belongs to a measurement that is over. */
const quietMsMax = 3_000;

/** The last seconds of traffic. */
export interface Pulse {
  readonly answers: number;
  readonly failed: number;
  readonly p95Ms: number;
  readonly replicas: number;
}

/** A fault that was injected and is not over. */
export interface OpenFault {
  readonly fault: string;
  readonly target: string;
  readonly sinceMs: number;
}

/** The last window of traffic in the end of a file of rows; `null` where there is no whole row. */
export function pulseOf(tail: string): Pulse | null {
  const rows = tail.split("\n").flatMap((line) => rowOf(line) ?? []);
  const lastMs = Math.max(...rows.map(({ endedAtMs }) => endedAtMs));
  const recent = rows.filter(({ endedAtMs }) => endedAtMs >= lastMs - windowMs);
  const p95Ms = quantile(
    recent.map(({ latencyMs }) => latencyMs),
    0.95,
  );
  if (p95Ms === null) return null;
  return {
    answers: recent.length,
    failed: recent.filter(({ isGood }) => !isGood).length,
    p95Ms,
    replicas: new Set(recent.flatMap(({ replica }) => replica ?? [])).size,
  };
}

/** The last fault in the end of the events that neither healed nor failed; `null` for none. */
export function openFaultOf(tail: string, nowMs: number): OpenFault | null {
  const moments = tail.split("\n").flatMap((line) => momentOf(line) ?? []);
  const injected = moments.findLast(({ moment }) => moment === "injected");
  if (injected === undefined) return null;
  const isOver = moments.some(
    ({ fault, target, moment, atMs }) =>
      fault === injected.fault &&
      target === injected.target &&
      atMs >= injected.atMs &&
      ["recovered", "healed", "failed"].includes(moment),
  );
  if (isOver) return null;
  const { fault, target, atMs } = injected;
  return { fault, target, sinceMs: Math.max(0, nowMs - atMs) };
}

/** All of it in one line, what matters most first. */
export function pulseText(where: string, fault: OpenFault | null, pulse: Pulse | null): string {
  return [
    where,
    ...(fault === null
      ? []
      : [`${fault.fault} of ${fault.target} for ${formatDuration(fault.sinceMs)}`]),
    ...(pulse === null
      ? []
      : [
          `${formatNumberOf(pulse.replicas, "replica")} answering`,
          `p95 ${formatDuration(pulse.p95Ms)}`,
          `${pulse.failed} of ${formatNumberOf(pulse.answers, "answer")} failed`,
        ]),
  ].join(" · ");
}

/** How a run is now. What cannot be read is not told: nobody waits for a line of progress. */
export function lookAt(run: Run, where: string, nowMs: number = Date.now()): string {
  try {
    const fault = openFaultOf(tailOf(join(run.directory, runFiles.events)), nowMs);
    const rows = newestRows(join(run.directory, runFiles.records), nowMs);
    return pulseText(where, fault, rows === null ? null : pulseOf(tailOf(rows)));
  } catch {
    return where;
  }
}

function newestRows(folder: string, nowMs: number): string | null {
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".rows.jsonl"))
    .map((name) => join(folder, name))
    .map((path) => ({ path, changedMs: statSync(path).mtimeMs }))
    .toSorted((left, right) => right.changedMs - left.changedMs);
  const [newest] = files;
  return newest === undefined || nowMs - newest.changedMs > quietMsMax ? null : newest.path;
}

function tailOf(path: string): string {
  if (!existsSync(path)) return "";
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, tailBytesMax));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString("utf8");
  } finally {
    closeSync(file);
  }
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : null;
  } catch {
    // The first line of a tail is cut, and the last may be being written.
    return null;
  }
}

function rowOf(line: string) {
  const row = parsed(line);
  if (row === null) return null;
  const { endedAtMs, intendedAtMs, outcome, replica } = row;
  if (typeof endedAtMs !== "number" || typeof intendedAtMs !== "number") return null;
  return {
    endedAtMs,
    latencyMs: endedAtMs - intendedAtMs,
    isGood: outcome === "ok",
    replica: typeof replica === "string" ? replica : null,
  };
}

function momentOf(line: string) {
  const event = parsed(line);
  if (event?.["type"] !== "fault") return null;
  const { fault, target, moment, at } = event;
  if (typeof fault !== "string" || typeof target !== "string") return null;
  if (typeof moment !== "string" || typeof at !== "string") return null;
  return { fault, target, moment, atMs: Date.parse(at) };
}
