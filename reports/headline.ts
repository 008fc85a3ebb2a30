import type { Criterion } from "./criteria.ts";
import { formatDuration, formatNumberOf, formatValue } from "./format.ts";
import type { Measurement } from "./records.ts";
import type { RunVerdict } from "./verdict.ts";

/** How states are written for people, in words of one width for columns. */
const words: Readonly<Record<Criterion["state"], string>> = {
  passed: "PASS",
  failed: "FAIL",
  unknown: "????",
  "not-measured": "----",
};

const order: readonly Criterion["state"][] = ["failed", "unknown", "not-measured", "passed"];

/** The verdict in words; a partial run never reads like a release verdict. */
export function verdictWords(run: Pick<RunVerdict, "verdict" | "scope">): string {
  const full = {
    GO: "GO",
    GO_WITH_WARNINGS: "GO with warnings",
    NO_GO: "NO-GO",
    INCONCLUSIVE: "INCONCLUSIVE",
  } as const;
  const partial = {
    GO: "PASSED",
    GO_WITH_WARNINGS: "PASSED with warnings",
    NO_GO: "FAILED",
    INCONCLUSIVE: "INCONCLUSIVE",
  } as const;
  return run.scope === "full" ? full[run.verdict] : `${partial[run.verdict]} (partial run)`;
}

/** What each exit code of a run means, in a few words. */
export function exitCodeWords(exitCode: number): string {
  const meanings: Readonly<Record<number, string>> = {
    0: "passed",
    1: "the product missed an objective",
    2: "inconclusive",
    3: "the harness failed",
    64: "wrong usage or configuration",
    69: "a missing dependency",
    129: "cancelled by SIGHUP",
    130: "cancelled by SIGINT",
    143: "cancelled by SIGTERM",
  };
  return meanings[exitCode] ?? "unknown";
}

/** Criteria with what needs attention first; the order of the manifest within one state. */
function criteriaByUrgency(criteria: readonly Criterion[]): readonly Criterion[] {
  return order.flatMap((state) => criteria.filter((criterion) => criterion.state === state));
}

/** The one number that a reader wants of a criterion, with its sample; `null` if there is none. */
function mainMeasurement(criterion: Criterion): string | null {
  const [main] = criterion.measurements;
  return main === undefined ? null : formatMeasurement(main);
}

function formatMeasurement({ name, value, unit, sampleSize }: Measurement): string {
  return `${name} ${formatValue(value, unit)} (n = ${sampleSize.toLocaleString("en-US")})`;
}

/**
 * The closing lines of a run as plain text: criteria with the failed ones first, figures, and the
 * verdict last, where the eye ends.
 */
export function headline(run: RunVerdict): readonly string[] {
  const idWidth = Math.max(0, ...run.criteria.map(({ id }) => id.length));
  const rows = criteriaByUrgency(run.criteria).map((criterion) => {
    const head = `  ${words[criterion.state]}  ${criterion.id.padEnd(idWidth)}  `;
    return head + (criterion.state === "passed" ? passedText(criterion) : criterion.evidence);
  });
  const { passed, failed, unknown, "not-measured": notMeasured } = run.counts;
  const figures = [
    `${passed} passed`,
    `${failed} failed`,
    `${unknown} unknown`,
    `${notMeasured} not measured`,
    ...(run.harness.warnings.length === 0
      ? []
      : [formatNumberOf(run.harness.warnings.length, "warning")]),
    ...(run.durationMs === null ? [] : [formatDuration(run.durationMs)]),
  ].join(" · ");
  return [
    ...rows,
    ...run.notClaimed.map(({ promise, words: promised, why }) => {
      return `  n/a   ${promise.padEnd(idWidth)}  ${promised}: not claimed, ${why}`;
    }),
    ...run.harness.errors.map((error) => `  harness error: ${error}`),
    ...run.harness.warnings.map((warning) => `  warning: ${warning}`),
    ...(run.harness.leftovers ?? []).map((leftover) => `  left behind: ${leftover}`),
    "",
    figures,
    `exit code ${run.exitCode}: ${exitCodeWords(run.exitCode)}`,
    `${verdictWords(run)}  ${run.headline}`,
  ];
}

function passedText(criterion: Criterion): string {
  const main = mainMeasurement(criterion);
  return main === null ? criterion.title : `${criterion.title}: ${main}`;
}
