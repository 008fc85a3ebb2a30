/** What became of each mutant of a campaign: the suite's own score. */

import type { ClaimState } from "./records.ts";
import {
  checkShape,
  exactly,
  flag,
  listOf,
  nullable,
  number,
  oneOf,
  shapeOf,
  text,
} from "./shape.ts";
import type { Guard } from "./shape.ts";
import type { RunVerdict } from "./verdict.ts";

/** A mutant as far as the judgement needs it. */
export interface JudgedMutant {
  readonly id: string;
  readonly title: string;
  readonly area: string;
  readonly claim: string;
  readonly objective: string;
}

/**
 * `caught`: the claim failed for the reason that the mutant names. `missed`: it passed. `not caught`:
 * anything else, such as an unknown claim, a broken one, or a failure of another objective.
 */
export type MutantState = "caught" | "missed" | "not caught";

export interface MutantResult extends JudgedMutant {
  readonly state: MutantState;
  /** How the claim ended; `null` where it did not get that far. */
  readonly claimState: ClaimState | null;
  /** What the oracle saw, or why nothing was caught. */
  readonly seen: string;
  readonly durationMs: number;
  /** Folder of the mutant's own run, below the campaign's. */
  readonly run: string;
}

/** What `mutants.json` holds. */
export interface MutantScore {
  readonly schemaVersion: 1;
  readonly campaign: string;
  readonly command: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly finished: boolean;
  /** Mutants that the campaign set out to try. */
  readonly planned: readonly string[];
  readonly counts: Readonly<Record<MutantState, number>>;
  readonly results: readonly MutantResult[];
}

export const mutantScoreFile = "mutants.json";

const states = ["caught", "missed", "not caught"] as const satisfies readonly MutantState[];

const resultShape: Guard<MutantResult> = shapeOf<MutantResult>({
  id: text,
  title: text,
  area: text,
  claim: text,
  objective: text,
  state: oneOf(...states),
  claimState: nullable(oneOf("passed", "failed", "unknown", "broken")),
  seen: text,
  durationMs: number,
  run: text,
});

const scoreShape: Guard<MutantScore> = shapeOf<MutantScore>({
  schemaVersion: exactly(1),
  campaign: text,
  command: text,
  startedAt: text,
  durationMs: number,
  finished: flag,
  planned: listOf(text),
  counts: shapeOf<MutantScore["counts"]>({ caught: number, missed: number, "not caught": number }),
  results: listOf(resultShape),
});

/** @throws Error that says where it differs, when the text is no `mutants.json` */
export function readMutantScore(json: string): MutantScore {
  return checkShape("read a score of mutants", JSON.parse(json), scoreShape);
}

/** Judges one mutant by the verdict of the run that measured its claim. */
export function judgeMutant(
  { claim, objective }: Pick<JudgedMutant, "claim" | "objective">,
  { claims, criteria, harness }: Pick<RunVerdict, "claims" | "criteria" | "harness">,
): Pick<MutantResult, "state" | "claimState" | "seen"> {
  const ended = claims.find((each) => each.claim === claim);
  if (ended === undefined || ended.state === "not-run" || ended.state === "unfinished") {
    const why = harness.errors[0] ?? `${claim} did not come to an end`;
    return { state: "not caught", claimState: null, seen: why };
  }
  const { state: claimState, error } = ended;
  const told = error ?? "no error";
  if (claimState === "passed") {
    return { state: "missed", claimState, seen: evidenceOf(objective, criteria) };
  }
  const criterion = criteria.find(({ id }) => id === objective);
  const hasFailed = claimState === "failed" && criterion?.state === "failed";
  if (hasFailed && told.includes(criterion.title)) {
    return { state: "caught", claimState, seen: `${criterion.title}: ${criterion.evidence}` };
  }
  const failed = criteria.filter(({ state }) => state === "failed").map(({ id }) => id);
  const isOther = failed.length > 0 && !failed.includes(objective);
  const instead = isOther ? `${objective} did not fail, but ${failed.join(", ")}; ` : "";
  return { state: "not caught", claimState, seen: `${claimState}: ${instead}${told}` };
}

function evidenceOf(objective: string, criteria: RunVerdict["criteria"]): string {
  return criteria.find(({ id }) => id === objective)?.evidence ?? `${objective} was not judged`;
}

/** How many mutants came to each state. */
export function countMutants(results: readonly MutantResult[]): MutantScore["counts"] {
  const count = (state: MutantState) => results.filter((result) => result.state === state).length;
  return { caught: count("caught"), missed: count("missed"), "not caught": count("not caught") };
}

/** Whether every mutant that was asked for was caught. */
export function isPerfect({ planned, counts }: Pick<MutantScore, "planned" | "counts">): boolean {
  return planned.length > 0 && counts.caught === planned.length;
}
