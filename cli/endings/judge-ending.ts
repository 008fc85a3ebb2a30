/** Holds what was seen of an ending against what was to be seen; pure. */

import { exitCodes } from "../exit-codes.ts";
import { formatDuration } from "../../reports/format.ts";
import { verdictKind } from "./ending.ts";
import type { Ending, ExpectedEnd, SeenEnd } from "./ending.ts";

const outputTail = 1_500;

/**
 * What differs, in words; empty where all is as it should be.
 *
 * Two things hold for every ending, whatever it expects: nothing stays, and neither a verdict that
 * is good nor the exit code 0 comes of a run without measurements.
 */
export function differencesOf(expected: ExpectedEnd, seen: SeenEnd): readonly string[] {
  const { exitCode, verdict, says, removedBy } = expected;
  const isGood = verdictKind(seen.verdict) === "good";
  return [
    ...(seen.exitCode === exitCode ? [] : [`exit code ${seen.exitCode}, expected ${exitCode}`]),
    ...(seen.verdict === verdict ? [] : [`verdict ${seen.verdict}, expected ${verdict}`]),
    ...(isGood && seen.measuredCount === 0 ? ["a good verdict without a measurement"] : []),
    ...(seen.exitCode === 0 && !isGood ? ["the exit code 0 without a good verdict"] : []),
    ...(says.test(seen.output)
      ? []
      : [`it does not say ${String(says)}; it ended with\n${seen.output.slice(-outputTail)}`]),
    ...seen.missingFiles.map((file) => `${file} is missing or empty`),
    ...seen.left.map((what) => `left behind: ${what}`),
    ...(removedBy === "itself"
      ? seen.leftAtOnce.map((what) => `left for others to remove: ${what}`)
      : []),
  ];
}

export interface EndingResult {
  readonly ending: Ending;
  /** `null` where it could not be brought about; then a difference says why. */
  readonly seen: SeenEnd | null;
  readonly differences: readonly string[];
  /** Why this machine cannot have it; `null` where it can. */
  readonly impossible: string | null;
}

/**
 * 1 where an ending was not as it should be, 69 where one could not be had: neither is green.
 */
export function exitCodeOf(results: readonly EndingResult[]): number {
  if (results.some(({ differences }) => differences.length > 0)) return exitCodes.noGo;
  const isWhole = results.length > 0 && results.every(({ impossible }) => impossible === null);
  return isWhole ? exitCodes.go : exitCodes.missingDependency;
}

function leftWords({ leftAtOnce, left }: SeenEnd): string {
  if (left.length > 0) return String(left.length);
  return leftAtOnce.length === 0
    ? "nothing"
    : `nothing (${leftAtOnce.length} until the next start)`;
}

function endedAfter(seen: SeenEnd | null): string {
  const afterMs = seen?.afterDisturbanceMs ?? null;
  return afterMs === null ? "" : formatDuration(afterMs);
}

/** A table in Markdown, one line for each ending, and below it what differs. */
export function endingTable(results: readonly EndingResult[]): readonly string[] {
  const rows = results.map(({ ending, seen, differences, impossible }) => [
    ending.id,
    ending.title,
    seen === null
      ? `${ending.expected.exitCode} / –`
      : `${ending.expected.exitCode} / ${seen.exitCode}`,
    seen === null
      ? `${ending.expected.verdict} / –`
      : `${ending.expected.verdict} / ${seen.verdict}`,
    seen === null ? "unknown" : leftWords(seen),
    endedAfter(seen),
    impossible === null ? (differences.length === 0 ? "yes" : "NO") : "not brought about",
  ]);
  const head = [
    "ending",
    "brought about by",
    "exit code, expected / seen",
    "verdict, expected / seen",
    "left behind",
    "ended after",
    "as expected",
  ];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(head),
    line(head.map(() => "---")),
    ...rows.map(line),
    ...results.flatMap(({ ending, differences, impossible }) =>
      [...differences, impossible ?? []].flat().map((what) => `${ending.id}: ${what}`),
    ),
  ];
}
