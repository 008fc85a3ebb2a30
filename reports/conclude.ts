import type { Criterion } from "./criteria.ts";
import { exitCodeBySignal, exitCodes, type RunDecision, type RunVerdict } from "./run-verdict.ts";

/** What follows from the facts of a run. */
export interface Decision {
  readonly verdict: RunDecision;
  readonly exitCode: number;
  readonly decidedBy: readonly string[];
  readonly headline: string;
}

/** All that is known of a run before anything is decided. */
export type Facts = Omit<RunVerdict, keyof Decision>;

/** Claims that this stack cannot be asked for, with the service that it lacks. */
export type Impossible = ReadonlyMap<string, string>;

/**
 * Order: anything that failed → NO_GO; a harness error, a cancellation, a gap (unknown, not measured,
 * unfinished, leftovers) → INCONCLUSIVE; a warning → GO_WITH_WARNINGS; else GO.
 */
export function conclude(facts: Facts, strict: boolean, impossible: Impossible): Decision {
  const failed = failures(facts);
  const [failure] = failed;
  if (failure !== undefined) {
    return {
      verdict: "NO_GO",
      exitCode: exitCodes.noGo,
      decidedBy: failed.map(({ id }) => id),
      headline: withRest(failure.what, failed.length - 1),
    };
  }
  const broken = harnessFailures(facts);
  const [error] = broken;
  if (error !== undefined) {
    return inconclusive(exitCodes.harness, broken, `the harness failed: ${error.what}`);
  }
  const { cancelledBy } = facts.harness;
  if (cancelledBy !== null) {
    return inconclusive(
      exitCodeBySignal[cancelledBy] ?? exitCodes.inconclusive,
      [{ id: "cancelled", what: cancelledBy }],
      `cancelled by ${cancelledBy} before everything was measured`,
    );
  }
  const open = gaps(facts).filter(({ id }) => !isExcused(id, facts, impossible));
  const [gap] = open;
  if (gap !== undefined) {
    return inconclusive(exitCodes.inconclusive, open, withRest(gap.what, open.length - 1));
  }
  const all = passedInWords(facts);
  const [warning] = facts.warnings;
  if (warning !== undefined) {
    return {
      verdict: "GO_WITH_WARNINGS",
      exitCode: strict ? exitCodes.noGo : exitCodes.go,
      decidedBy: ["warnings"],
      headline: withRest(`${all}; ${warning}`, facts.warnings.length - 1),
    };
  }
  return { verdict: "GO", exitCode: exitCodes.go, decidedBy: [], headline: all };
}

function passedInWords({ counts, criteria }: Facts): string {
  const { passed, "not-measured": notMeasured } = counts;
  const others = criteria.length - passed - notMeasured;
  const words = [
    ...(others === 0 ? [] : [`${others} waived`]),
    ...(notMeasured === 0 ? [] : [`${notMeasured} not measured, which is not required here`]),
  ];
  if (words.length === 0) return `all ${passed} criteria passed`;
  return `${passed} of ${criteria.length} criteria passed, ${words.join(", ")}`;
}

/** Whether a gap is one that this stack cannot close; nothing but a missing measurement is. */
function isExcused(id: string, { criteria }: Facts, impossible: Impossible): boolean {
  if (impossible.has(id)) return true;
  const own = criteria.find((criterion) => criterion.id === id);
  return own?.state === "not-measured" && impossible.has(own.claim);
}

interface Cause {
  readonly id: string;
  readonly what: string;
}

function inconclusive(exitCode: number, causes: readonly Cause[], headline: string): Decision {
  const decidedBy = [...new Set(causes.map(({ id }) => id))];
  return { verdict: "INCONCLUSIVE", exitCode, decidedBy, headline };
}

function failures({ criteria, claims }: Facts): readonly Cause[] {
  const failed = criteria.filter(({ state }) => state === "failed");
  const explained = new Set(
    criteria.filter(({ state }) => isFailed(state)).map(({ claim }) => claim),
  );
  return [
    ...failed.map(({ id, title, evidence }) => ({ id, what: `${title}: ${evidence}` })),
    ...claims
      .filter(({ claim, state }) => state === "failed" && !explained.has(claim))
      .map(({ claim, error }) => ({ id: claim, what: `${claim}: ${error ?? "failed"}` })),
  ];
}

function harnessFailures({ harness, claims }: Facts): readonly Cause[] {
  return [
    ...harness.errors.map((what) => ({ id: "harness", what })),
    ...claims
      .filter(({ state }) => state === "broken")
      .map(({ claim, error }) => ({ id: claim, what: `${claim}: ${error ?? "broken"}` })),
  ];
}

function gaps(facts: Facts): readonly Cause[] {
  const { criteria, claims, harness } = facts;
  const open = criteria.filter(({ state }) => state === "unknown" || state === "not-measured");
  const explained = new Set(
    criteria.filter(({ state }) => state !== "passed").map(({ claim }) => claim),
  );
  const isAnyMeasured = criteria.some(({ state }) => state !== "not-measured");
  const leftovers = harness.leftovers ?? [];
  const nobodyCounted =
    harness.leftovers === null && harness.kept === null && facts.stack.warm !== true;
  return [
    ...(facts.finished ? [] : [{ id: "not finished", what: "the run is not finished" }]),
    ...(isAnyMeasured ? [] : [{ id: "nothing measured", what: "nothing was measured" }]),
    ...open.map(({ id, title, state, evidence }) => ({
      id,
      what: `${title}: ${state === "unknown" ? "unknown" : "not measured"}, ${evidence}`,
    })),
    ...claims
      .filter(({ claim, state }) => state !== "passed" && !explained.has(claim))
      .map(({ claim, state, error }) => ({
        id: claim,
        what: `${claim}: ${state}${error === null ? "" : `, ${error}`}`,
      })),
    ...claims
      .filter(({ claim, state }) => state === "passed" && !isJudged(claim, criteria))
      .map(({ claim }) => ({ id: claim, what: `${claim}: passed without judging anything` })),
    ...(leftovers.length === 0
      ? []
      : [{ id: "leftovers", what: `the run left behind ${leftovers.join(", ")}` }]),
    ...(facts.finished && nobodyCounted
      ? [{ id: "leftovers", what: "nobody counted what the run left behind" }]
      : []),
  ];
}

function isFailed(state: Criterion["state"]): boolean {
  return state === "failed" || state === "waived";
}

function isJudged(claim: string, criteria: readonly Criterion[]): boolean {
  return criteria.some((criterion) => criterion.claim === claim && criterion.judgedCount > 0);
}

function withRest(first: string, restCount: number): string {
  return restCount > 0 ? `${first} (and ${restCount} more)` : first;
}
