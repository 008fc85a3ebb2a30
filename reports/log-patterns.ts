import type { LogFinding } from "./records.ts";

/** Lines that match at least one of the patterns of regular expressions. */
export function forbiddenLines(
  findings: readonly LogFinding[],
  patterns: readonly string[],
): readonly LogFinding[] {
  const expressions = patterns.map((pattern) => new RegExp(pattern));
  return findings.filter(({ line }) => expressions.some((expression) => expression.test(line)));
}
