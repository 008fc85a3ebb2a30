import { formatValue } from "./format.ts";
import type { CriterionState, Measurement } from "./records.ts";
import { baselineRules } from "./slo.ts";

/** Runs can be compared where all of this is the same. */
export interface RunKind {
  readonly branch: string;
  readonly profile: string;
  /** Processors and memory, in words. */
  readonly machineClass: string;
  readonly scope: "full" | "partial";
}

/** What earlier runs of one kind came to, oldest first. */
export interface EarlierRuns {
  readonly kind: RunKind;
  readonly runs: readonly EarlierRun[];
  /** By `<claim> <objective>`. */
  readonly criteria: Readonly<Record<string, EarlierCriterion>>;
}

export interface EarlierRun {
  readonly runId: string;
  readonly startedAt: string;
  readonly verdict: "GO" | "GO_WITH_WARNINGS" | "NO_GO" | "INCONCLUSIVE";
  readonly durationMs: number | null;
}

/** One criterion in the earlier runs. */
export interface EarlierCriterion {
  /** One for each run; `null` where the run did not have it. */
  readonly states: readonly (CriterionState | null)[];
  /** The deciding number in each run. */
  readonly values: readonly (number | null)[];
  /** By name of the measurement, of the last runs that passed. */
  readonly baselines: Readonly<Record<string, Baseline>>;
}

export interface Baseline {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** How many passed runs it rests on. */
  readonly runs: number;
}

/** A number beside what it was in the last passed runs. */
export interface Delta extends Baseline {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Change against the median as a share of it; `null` where the median is zero. */
  readonly changeShare: number | null;
  /** Why it warns; `null` where it does not. */
  readonly warning: string | null;
}

export function criterionKey(claim: string, objective: string): string {
  return `${claim} ${objective}`;
}

/** Numbers that are worth comparing with those of another run, in the order of the oracle. */
export function isComparable({ unit }: Pick<Measurement, "unit">): boolean {
  return Object.hasOwn(baselineRules.units, unit);
}

/** Every comparable number of a criterion beside its baseline, where there is one. */
export function deltasOf(
  measurements: readonly Measurement[],
  earlier: EarlierCriterion | undefined,
): readonly Delta[] {
  return measurements.flatMap((measurement) => {
    const { name, value, unit } = measurement;
    const baseline = earlier?.baselines[name];
    if (baseline === undefined || !isComparable(measurement)) return [];
    const change = value - baseline.median;
    const changeShare = baseline.median === 0 ? null : change / Math.abs(baseline.median);
    return [
      { name, value, unit, ...baseline, changeShare, warning: warningOf(value, unit, baseline) },
    ];
  });
}

/**
 * Warns only where a number is worse than the worst of enough passed runs, by more than its unit may
 * vary: of eight runs that are all alike one is always the worst, and far from their median where it varies.
 */
function warningOf(value: number, unit: string, baseline: Baseline): string | null {
  const rule = Object.entries(baselineRules.units).find(([name]) => name === unit)?.[1];
  if (rule === undefined || baseline.runs < baselineRules.runsMin) return null;
  const worst = rule.better === "lower" ? baseline.high : baseline.low;
  const worse = rule.better === "lower" ? value - worst : worst - value;
  if (worse <= rule.worseMin || worse <= Math.abs(worst) * rule.worseShareMax) return null;
  return (
    `more than ${Math.round(rule.worseShareMax * 100)} % worse than in the worst of the last ` +
    `${baseline.runs} passed runs (${formatValue(worst, unit)})`
  );
}
