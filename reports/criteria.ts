import { criterionKey, deltasOf, type Delta, type EarlierRuns } from "./earlier-runs.ts";
import type { RunEvent } from "./events.ts";
import type { ExpectedClaim, Profile } from "./manifest.ts";
import { isWithinLimit, marginOf } from "./measure.ts";
import type {
  ClaimState,
  CriterionState,
  Measurement,
  NumberLimit,
  Spread,
  Verdict,
} from "./records.ts";
import type { Objective } from "./slo.ts";
import { holdsOn, type Waiver } from "./waivers.ts";

/** One objective of a run, with what decided it. */
export interface Criterion {
  readonly id: string;
  readonly promise: string;
  readonly claim: string;
  readonly title: string;
  readonly limit: string;
  readonly reason: string;
  readonly state: CriterionState;
  readonly oracle: string | null;
  /** The oracle's sentence, or why nothing was measured. */
  readonly evidence: string;
  /** The number that decided; `null` where nothing was measured. */
  readonly deciding: DecidingNumber | null;
  readonly measurements: readonly Measurement[];
  /** Numbers beside those of the last passed runs of the same kind. */
  readonly deltas: readonly Delta[];
  /** One for each of the run's `earlierRuns`; `null` where the run did not have it. */
  readonly earlierStates: readonly (CriterionState | null)[];
  /** The deciding number in each of them. */
  readonly earlierValues: readonly (number | null)[];
  /** Who answers for it, where it has failed and is waived. */
  readonly waiver: Waiver | null;
  readonly witnesses: readonly string[];
  /** Path of the judged record below the run's folder. */
  readonly record: string | null;
  /** Where its evidence stands, below the run's folder. */
  readonly links: readonly string[];
  /** How often it was judged; a failed judgement is never replaced by a later one. */
  readonly judgedCount: number;
}

/** A measurement with its distance to the limit. */
export interface DecidingNumber {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly sampleSize: number;
  readonly spread: Spread | null;
  readonly limit: NumberLimit | null;
  /** In the unit of the number, negative beyond the limit; `null` without a limit. */
  readonly margin: number | null;
  /** As a share of the limit; `null` without a limit and where it is zero. */
  readonly marginShare: number | null;
}

/** One claim of a run; `not-run` never started, `unfinished` started and never ended. */
export interface ClaimResult {
  readonly claim: string;
  readonly state: ClaimState | "not-run" | "unfinished";
  readonly durationMs: number | null;
  readonly error: string | null;
}

/** One fault of a run, with the times that events reported. */
export interface FaultResult {
  readonly claim: string;
  readonly fault: string;
  readonly target: string;
  readonly injectedAt: string | null;
  readonly effectiveAt: string | null;
  readonly recoveredAt: string | null;
  readonly healedAt: string | null;
  readonly failure: string | null;
}

/** A failed verdict stands for good; otherwise the last one counts. `null` where there is none. */
export function mergeVerdicts<Judged extends Pick<Verdict, "status">>(
  verdicts: readonly Judged[],
): Judged | null {
  return verdicts.find(({ status }) => status === "failed") ?? verdicts.at(-1) ?? null;
}

/** What each planned claim came to; claims that ran without being planned are listed as well. */
export function claimResults(
  events: readonly RunEvent[],
  planned: readonly string[],
): readonly ClaimResult[] {
  const names = new Set(planned);
  for (const event of events) {
    if (event.type === "claim-started" || event.type === "claim-ended") names.add(event.claim);
  }
  return [...names].map((claim) => {
    const started = events.some((event) => event.type === "claim-started" && event.claim === claim);
    const ends = events.flatMap((event) =>
      event.type === "claim-ended" && event.claim === claim ? [event] : [],
    );
    const end = ends.find(({ state }) => state === "failed") ?? ends.at(-1);
    return {
      claim,
      state: end?.state ?? (started ? "unfinished" : "not-run"),
      durationMs: end?.durationMs ?? null,
      error: end?.error ?? null,
    };
  });
}

/** Every objective that the claims in scope must judge, and whatever else was judged. */
export function criteriaOf(
  events: readonly RunEvent[],
  inScope: readonly ExpectedClaim[],
  claims: readonly ClaimResult[],
  objectives: readonly Objective[],
  earlier: EarlierRuns | null = null,
): readonly Criterion[] {
  const judged = events.flatMap((event) => (event.type === "judged" ? [event] : []));
  const expected = inScope.flatMap(({ claim, objectives: ids }) =>
    ids.map((id) => ({ claim, id })),
  );
  const extra = judged
    .map(({ claim, verdict }) => ({ claim, id: verdict.objective }))
    .filter(({ claim, id }, index, all) => {
      const isFirst = all.findIndex((other) => other.claim === claim && other.id === id) === index;
      return isFirst && !expected.some((known) => known.claim === claim && known.id === id);
    });
  return [...expected, ...extra].map(({ claim, id }) => {
    const own = judged.filter((event) => event.claim === claim && event.verdict.objective === id);
    const merged = mergeVerdicts(
      own.map(({ verdict, record }) => ({ status: verdict.status, verdict, record })),
    );
    const objective = objectives.find((known) => known.id === id);
    const measurements = merged?.verdict.measurements ?? [];
    const past = earlier?.criteria[criterionKey(claim, id)];
    return {
      id,
      promise: objective?.promise ?? id.split(".")[0] ?? id,
      claim,
      title: objective?.title ?? id,
      limit: objective?.limit ?? "no limit is known for it",
      reason: objective?.reason ?? "",
      state: merged?.status ?? "not-measured",
      oracle: merged?.verdict.oracle ?? null,
      evidence: merged?.verdict.evidence ?? whyNotMeasured(claims, claim),
      deciding: decidingOf(measurements),
      measurements,
      deltas: deltasOf(measurements, past),
      earlierStates: earlier?.runs.map((_, index) => past?.states[index] ?? null) ?? [],
      earlierValues: earlier?.runs.map((_, index) => past?.values[index] ?? null) ?? [],
      waiver: null,
      witnesses: merged?.verdict.witnesses ?? [],
      record: merged?.record ?? null,
      links: linksOf(id, merged?.record ?? null),
      judgedCount: own.length,
    };
  });
}

/** The number beyond its limit, else the first that has one, else the first. */
function decidingOf(measurements: readonly Measurement[]): DecidingNumber | null {
  const limited = measurements.filter(({ limit }) => limit !== undefined);
  const chosen =
    limited.find(({ value, limit }) => limit !== undefined && !isWithinLimit(value, limit)) ??
    limited[0] ??
    measurements[0];
  if (chosen === undefined) return null;
  const { name, value, unit, sampleSize, spread = null, limit = null } = chosen;
  const margin = limit === null ? null : marginOf(value, limit);
  const marginShare =
    margin === null || limit === null || limit.value === 0 ? null : margin / Math.abs(limit.value);
  return { name, value, unit, sampleSize, spread, limit, margin, marginShare };
}

function linksOf(id: string, record: string | null): readonly string[] {
  return [...(record === null ? [] : [record]), `summary.html#${id}`];
}

/** Turns what has failed and is waived on that day into `waived`; nothing else can be waived. */
export function withWaivers(
  criteria: readonly Criterion[],
  waivers: readonly Waiver[],
  today: string,
): readonly Criterion[] {
  return criteria.map((criterion) => {
    const waiver = waivers.find((each) => each.criterion === criterion.id && holdsOn(each, today));
    if (criterion.state !== "failed" || waiver === undefined) return criterion;
    return { ...criterion, state: "waived", waiver };
  });
}

export function faultResults(events: readonly RunEvent[]): readonly FaultResult[] {
  const results: FaultResult[] = [];
  for (const event of events) {
    if (event.type !== "fault") continue;
    const { claim, fault, target, moment, at } = event;
    const open = results.findLastIndex(
      (known) => known.claim === claim && known.fault === fault && known.target === target,
    );
    const known = moment === "injected" ? undefined : results[open];
    const base = known ?? { claim, fault, target, ...noMoments };
    const updated =
      moment === "failed" ? { ...base, failure: event.detail } : { ...base, [`${moment}At`]: at };
    if (known === undefined) results.push(updated);
    else results[open] = updated;
  }
  return results;
}

/** Claims of the manifest that a run with this profile and plan is judged over. */
export function claimsInScope(
  manifest: readonly ExpectedClaim[],
  profile: Profile,
  planned: readonly string[],
): { readonly scope: "full" | "partial"; readonly claims: readonly ExpectedClaim[] } {
  const wanted = manifest.filter(({ profiles }) => profiles.includes(profile));
  const isFull = wanted.length > 0 && wanted.every(({ claim }) => planned.includes(claim));
  return {
    scope: isFull ? "full" : "partial",
    claims: manifest.filter(({ claim }) => planned.includes(claim)),
  };
}

const noMoments = {
  injectedAt: null,
  effectiveAt: null,
  recoveredAt: null,
  healedAt: null,
  failure: null,
};

function whyNotMeasured(claims: readonly ClaimResult[], name: string): string {
  const claim = claims.find((known) => known.claim === name);
  if (claim === undefined || claim.state === "not-run") return "its claim did not run";
  if (claim.state === "unfinished") return "its claim did not end";
  const why = claim.error === null ? "" : `: ${claim.error}`;
  if (claim.state === "broken") return `its claim broke${why}`;
  return `its claim ended as ${claim.state} without judging it${why}`;
}
