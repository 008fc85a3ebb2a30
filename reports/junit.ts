import type { ClaimResult, Criterion } from "./criteria.ts";
import { decidingWords, verdictWords } from "./headline.ts";
import { impossibleClaims } from "./manifest.ts";
import { escapeMarkup } from "./markup.ts";
import { decideRun, runFiles, writeRunFile, type Run } from "./run-store.ts";
import type { RunVerdict } from "./verdict.ts";

interface Case {
  readonly suite: string;
  readonly name: string;
  readonly durationMs: number;
  readonly kind: "passed" | "failure" | "error" | "skipped";
  readonly message: string;
  readonly details: string;
}

/**
 * A run as JUnit XML: the verdict, every criterion and every claim is a case of its own. What
 * failed is a failure, what is unknown or was not measured is an error, what is waived, or what this
 * stack cannot be asked for, is skipped with its reason. Never empty, so that no reader of it takes a run without measurements for a good
 * one.
 */
export function junitXml(run: RunVerdict): string {
  const impossible = impossibleClaims(run.stack.images);
  const groups = {
    verdict: [verdictCase(run)],
    criteria: run.criteria.map((criterion) => criterionCase(criterion, impossible)),
    claims: run.claims.map((claim) => claimCase(claim, run.criteria, impossible)),
  };
  const suites = Object.entries(groups).map(([name, cases]) => suiteXml(name, cases));
  const total = Object.values(groups).flat();
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="hyper-mission ${escapeMarkup(run.runId)}" ${counts(total)}>`,
    ...suites,
    "</testsuites>",
    "",
  ].join("\n");
}

/** Writes `junit.xml` of a run from its events. */
export function writeJunit(run: Run): void {
  writeRunFile(run, runFiles.junit, junitXml(decideRun(run)));
}

function suiteXml(name: string, cases: readonly Case[]): string {
  return [
    `  <testsuite name="${escapeMarkup(name)}" ${counts(cases)}>`,
    ...cases.map(caseXml),
    "  </testsuite>",
  ].join("\n");
}

function caseXml({ suite, name, durationMs, kind, message, details }: Case): string {
  const open =
    `    <testcase classname="${escapeMarkup(suite)}" name="${escapeMarkup(name)}" ` +
    `time="${(durationMs / 1_000).toFixed(3)}"`;
  if (kind === "passed") {
    return `${open}><system-out>${escapeMarkup(details)}</system-out></testcase>`;
  }
  if (kind === "skipped") {
    return `${open}><skipped message="${escapeMarkup(message)}"/></testcase>`;
  }
  return [
    `${open}>`,
    `      <${kind} message="${escapeMarkup(message)}">${escapeMarkup(details)}</${kind}>`,
    "    </testcase>",
  ].join("\n");
}

function counts(cases: readonly Case[]): string {
  const count = (kind: Case["kind"]) => cases.filter((each) => each.kind === kind).length;
  return (
    `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" ` +
    `skipped="${count("skipped")}"`
  );
}

function verdictCase(run: RunVerdict): Case {
  const isGo = run.verdict === "GO" || run.verdict === "GO_WITH_WARNINGS";
  return {
    suite: "verdict",
    name:
      run.scope === "partial"
        ? "verdict of a partial run"
        : run.profile === "local"
          ? "verdict of the profile local"
          : "release verdict",
    durationMs: run.durationMs ?? 0,
    kind: isGo ? "passed" : run.verdict === "NO_GO" ? "failure" : "error",
    message: `${verdictWords(run)}: ${run.headline}`,
    details: [
      `${verdictWords(run)}: ${run.headline}`,
      ...run.harness.errors.map((error) => `harness error: ${error}`),
      ...run.warnings.map((warning) => `warning: ${warning}`),
      ...run.notClaimed.map(({ promise, why }) => `not claimed: ${promise}, ${why}`),
    ].join("\n"),
  };
}

function criterionCase(criterion: Criterion, impossible: ReadonlyMap<string, string>): Case {
  const kinds = {
    passed: "passed",
    failed: "failure",
    unknown: "error",
    "not-measured": impossible.has(criterion.claim) ? "skipped" : "error",
    waived: "skipped",
  } as const;
  const { waiver } = criterion;
  const until =
    waiver === null ? "" : ` until ${waiver.expires} by ${waiver.owner} (${waiver.reason})`;
  const deciding = decidingWords(criterion);
  const state = criterion.state === "not-measured" ? "not measured" : criterion.state;
  return {
    suite: `criteria.${criterion.promise}`,
    name: `${criterion.id} ${criterion.title}`,
    durationMs: 0,
    kind: kinds[criterion.state],
    message: `${state}${until}: ${criterion.evidence}`,
    details: [
      criterion.evidence,
      `limit: ${criterion.limit}`,
      ...(deciding === null ? [] : [`decided by: ${deciding}`]),
      `claim: ${criterion.claim}`,
      ...criterion.witnesses.map((witness) => `witness: ${witness}`),
    ].join("\n"),
  };
}

/** A claim whose every failure is waived does not fail. */
function claimCase(
  claim: ClaimResult,
  criteria: readonly Criterion[],
  impossible: ReadonlyMap<string, string>,
): Case {
  const own = criteria.filter((criterion) => criterion.claim === claim.claim);
  const isWaived =
    claim.state === "failed" &&
    own.some(({ state }) => state === "waived") &&
    own.every(({ state }) => state === "waived" || state === "passed");
  const kinds = {
    passed: "passed",
    failed: "failure",
    unknown: "error",
    broken: "error",
    unfinished: "error",
    "not-run": impossible.has(claim.claim) ? "skipped" : "error",
  } as const;
  return {
    suite: "claims",
    name: claim.claim,
    durationMs: claim.durationMs ?? 0,
    kind: isWaived ? "skipped" : kinds[claim.state],
    message: claim.error ?? claim.state,
    details: claim.error ?? claim.state,
  };
}
