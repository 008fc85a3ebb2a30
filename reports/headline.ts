import type { Criterion } from "./criteria.ts";
import { formatCount, formatDuration, formatNumberOf, formatShare, formatValue } from "./format.ts";
import type { RunVerdict } from "./verdict.ts";

/** How states are written for people, in words of one width for columns. */
const words: Readonly<Record<Criterion["state"], string>> = {
  passed: "PASS",
  failed: "FAIL",
  waived: "WAIV",
  unknown: "????",
  "not-measured": "----",
};

const order: readonly Criterion["state"][] = [
  "failed",
  "unknown",
  "not-measured",
  "waived",
  "passed",
];

/** The verdict in words; neither a partial run nor a local one reads like a release verdict. */
export function verdictWords(run: Pick<RunVerdict, "verdict" | "scope" | "profile">): string {
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
  if (run.scope === "partial") return `${partial[run.verdict]} (partial run)`;
  return run.profile === "local" ? `${partial[run.verdict]} (profile local)` : full[run.verdict];
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

/**
 * The number that decided, with its sample, its limit and what is left to it; `null` if there is
 * none.
 */
export function decidingWords({ deciding }: Pick<Criterion, "deciding">): string | null {
  if (deciding === null) return null;
  const { name, value, unit, sampleSize, limit, marginShare } = deciding;
  const left = marginShare === null ? "" : `, ${formatShare(marginShare, 0)} left`;
  const held = limit === null ? "" : `, ${limit.rule} ${formatValue(limit.value, unit)}${left}`;
  return `${name} ${formatValue(value, unit)} (n = ${formatCount(sampleSize)}${held})`;
}

/** The first number that has a baseline, against it; `null` where there is none. */
export function deltaWords({ deltas }: Pick<Criterion, "deltas">): string | null {
  const [first] = deltas;
  if (first === undefined) return null;
  const { name, median, unit, runs, changeShare } = first;
  const change =
    changeShare === null
      ? ""
      : `${changeShare < 0 ? "−" : "+"}${formatShare(Math.abs(changeShare), 0)} `;
  return (
    `${name} ${change}against ${formatValue(median, unit)} ` +
    `(median of ${formatNumberOf(runs, "passed run")})`
  );
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
  const figures = [
    ...countWords(run),
    ...(run.warnings.length === 0 ? [] : [formatNumberOf(run.warnings.length, "warning")]),
    ...(run.durationMs === null ? [] : [formatDuration(run.durationMs)]),
  ].join(" · ");
  return [
    ...rows,
    ...run.notClaimed.map(({ promise, words: promised, why }) => {
      return `  n/a   ${promise.padEnd(idWidth)}  ${promised}: not claimed, ${why}`;
    }),
    ...run.harness.errors.map((error) => `  harness error: ${error}`),
    ...run.warnings.map((warning) => `  warning: ${warning}`),
    ...(run.harness.leftovers ?? []).map((leftover) => `  left behind: ${leftover}`),
    "",
    figures,
    `exit code ${run.exitCode}: ${exitCodeWords(run.exitCode)}`,
    `${verdictWords(run)}  ${run.headline}`,
  ];
}

/** How many criteria came to each state, in words; a state that is rare is left out at zero. */
export function countWords({ counts }: Pick<RunVerdict, "counts">): readonly string[] {
  const { passed, failed, unknown, "not-measured": notMeasured, waived } = counts;
  return [
    `${passed} passed`,
    `${failed} failed`,
    `${unknown} unknown`,
    `${notMeasured} not measured`,
    ...(waived === 0 ? [] : [`${waived} waived`]),
  ];
}

function passedText(criterion: Criterion): string {
  const main = decidingWords(criterion);
  const delta = deltaWords(criterion);
  return (
    criterion.title + (main === null ? "" : `: ${main}`) + (delta === null ? "" : `; ${delta}`)
  );
}
