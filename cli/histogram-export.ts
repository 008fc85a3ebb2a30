/** Latencies of a run for other tools: the percentile distribution of HdrHistogram, a file each. */

import { build } from "hdr-histogram-js";
import { readRun } from "../reports/run-record.ts";
import { writeRunFile } from "../reports/run-store.ts";
import type { Run } from "../reports/run-store.ts";

const highestUs = 600_000_000;
const ticksPerHalf = 5;
const usPerMs = 1_000;

/** Recorded in µs, because whole milliseconds call everything fast the same; written in ms. */
export function percentileDistribution(latenciesMs: readonly number[]): string {
  const histogram = build({ highestTrackableValue: highestUs, numberOfSignificantValueDigits: 3 });
  for (const latencyMs of latenciesMs) {
    histogram.recordValue(Math.min(highestUs, Math.max(1, Math.round(latencyMs * usPerMs))));
  }
  return histogram.outputPercentileDistribution(ticksPerHalf, usPerMs);
}

/** Beside each record of a history: good answers, from the intended moment to the last byte. */
export function exportHistograms(run: Run): void {
  for (const { path, record } of readRun(run).records) {
    if (record?.kind !== "history") continue;
    const latenciesMs = record.seen.operations
      .filter(({ outcome }) => outcome === "ok")
      .map(({ intendedAtMs, endedAtMs }) => endedAtMs - intendedAtMs);
    if (latenciesMs.length === 0) continue;
    writeRunFile(run, path.replace(/\.json$/, ".hgrm"), percentileDistribution(latenciesMs));
  }
}
