import { AssertionError } from "node:assert";
import {
  claimResults,
  claimsInScope,
  criteriaOf,
  faultResults,
  mergeVerdicts,
  withWaivers,
  type Criterion,
} from "./criteria.ts";
import { conclude, type Impossible } from "./conclude.ts";
import type { RunEvent } from "./events.ts";
import { formatValue } from "./format.ts";
import { machineClassOf } from "./machine-class.ts";
import {
  impossibleClaims,
  manifest as fullManifest,
  type ExpectedClaim,
  type Profile,
} from "./manifest.ts";
import type { Verdict } from "./records.ts";
import {
  verdictSchemaVersion,
  type NotClaimed,
  type RunVerdict,
  type WaiverUse,
} from "./run-verdict.ts";
import { allObjectives, promises, type Objective } from "./slo.ts";
import { dayOf, holdsOn, type Waiver } from "./waivers.ts";

export { exitCodes, verdictSchemaVersion } from "./run-verdict.ts";
export type { NotClaimed, RunVerdict, WaiverUse } from "./run-verdict.ts";

/** The product missed an objective; Allure shows it as *failed*, everything else as *broken*. */
export class ObjectiveMissedError extends AssertionError {
  constructor(objective: Objective, verdict: Verdict, others: readonly string[]) {
    super({
      message: [
        `${objective.title}: seen ${verdict.evidence}; allowed ${objective.limit} ` +
          `(${objective.id}, oracle ${verdict.oracle})`,
        ...others,
      ].join("\n"),
      actual: verdict.evidence,
      expected: objective.limit,
      operator: "objective",
    });
    // The type of `name` is the literal of the parent class, so it cannot be overridden as a field.
    Object.defineProperty(this, "name", { value: "ObjectiveMissedError" });
  }
}

/**
 * Nothing could be concluded.
 *
 * It has neither `actual` nor `expected` and takes the word that Allure's adapters search messages
 * for out of its text: each of them would turn *broken* into *failed*.
 */
export class InconclusiveError extends Error {
  override readonly name = "InconclusiveError";

  constructor(message: string) {
    super(message.replaceAll(/assert/gi, "check"));
  }
}

/**
 * Ends a claim: returns where every objective has a passed verdict.
 *
 * Throws ObjectiveMissedError where one failed, otherwise InconclusiveError where one is unknown or
 * was not judged, and where there is no objective at all.
 */
export function assertPassed(verdicts: readonly Verdict[], objectives: readonly Objective[]): void {
  if (objectives.length === 0) {
    throw new InconclusiveError("judging a claim: it names no objective, so nothing was judged");
  }
  const judged = objectives.map((objective) => ({
    objective,
    verdict: mergeVerdicts(verdicts.filter((verdict) => verdict.objective === objective.id)),
  }));
  const open = judged.filter(({ verdict }) => verdict?.status !== "passed");
  for (const { objective, verdict } of open) {
    if (verdict?.status === "failed") {
      const others = open.filter((other) => other.objective !== objective);
      throw new ObjectiveMissedError(objective, verdict, others.map(describeOpen));
    }
  }
  if (open.length > 0) throw new InconclusiveError(open.map(describeOpen).join("\n"));
}

export interface DecideOptions {
  readonly manifest?: readonly ExpectedClaim[];
  readonly objectives?: readonly Objective[];
  /** Makes warnings cost the exit code 1. */
  readonly strict?: boolean;
  /** Instead of those that the run was started with. */
  readonly waivers?: readonly Waiver[];
  /** A profile that all must have been measured of, whatever the run set out to do. */
  readonly expected?: Profile;
  /** The day that waivers are held against, `YYYY-MM-DD`; without it the day of the run. */
  readonly today?: string;
}

/**
 * Decides a run from its events alone; works at any moment, an unfinished run is inconclusive.
 *
 * What was concluded after a cancellation does not count, because the stack was being taken away
 * meanwhile.
 */
export function decide(events: readonly RunEvent[], options: DecideOptions = {}): RunVerdict {
  const objectives = options.objectives ?? allObjectives;
  const manifest = options.manifest ?? fullManifest;
  const started = events.find((event) => event.type === "run-started");
  const ended = events.findLast((event) => event.type === "run-ended");
  const cancelledAt = events.findIndex((event) => event.type === "cancelled");
  const trusted = cancelledAt === -1 ? events : events.slice(0, cancelledAt);
  const profile = options.expected ?? started?.profile ?? null;
  const planned = [
    ...new Set([...(started?.claims ?? []), ...expectedClaims(manifest, options.expected)]),
  ];
  const { scope, claims: inScope } = claimsInScope(manifest, profile ?? "release", planned);
  const claims = claimResults(trusted, planned);
  const rules = events.findLast((event) => event.type === "rules");
  const earlier = events.findLast((event) => event.type === "earlier-runs")?.earlier ?? null;
  const waivers = options.waivers ?? rules?.waivers ?? [];
  const today = options.today ?? dayOf(started?.at ?? "");
  const images = events.findLast((event) => event.type === "images");
  const impossible = impossibleClaims(images?.images ?? [], manifest);
  const criteria = withWaivers(
    criteriaOf(trusted, inScope, claims, objectives, earlier).map((criterion) =>
      withReason(criterion, impossible),
    ),
    waivers,
    today,
  );
  const harness = harnessOf(events, trusted, scope === "full" && profile !== "local");
  const waiverUses = waiverUsesOf(waivers, criteria, today);
  const strict = options.strict ?? rules?.strict ?? false;
  const facts = {
    schemaVersion: verdictSchemaVersion,
    runId: started?.runId ?? "unknown",
    profile,
    scope,
    finished: ended !== undefined,
    startedAt: started?.at ?? null,
    durationMs: ended?.durationMs ?? null,
    command: started?.command ?? null,
    seed: started?.seed ?? null,
    commit: started?.commit ?? null,
    branch: started?.branch ?? null,
    warnings: warningsOf(criteria, waiverUses, harness.warnings),
    strict,
    counts: countStates(criteria),
    criteria,
    notClaimed: promisesWithoutClaim(criteria, manifest, profile, objectives),
    claims,
    faults: faultResults(events),
    waivers: waiverUses,
    earlierRuns: earlier?.runs ?? [],
    harness,
    stack: {
      source: images?.source ?? null,
      warm: events.findLast((event) => event.type === "stack-started")?.warm ?? null,
      images: images?.images ?? [],
    },
    machine: started?.machine ?? {},
    machineClass: machineClassOf(started?.machine ?? {}),
  } as const;
  return { ...facts, ...conclude(facts, strict, impossible) };
}

function withReason(criterion: Criterion, impossible: Impossible): Criterion {
  const service = impossible.get(criterion.claim);
  if (service === undefined || criterion.state !== "not-measured") return criterion;
  const evidence = `not measured: this stack is without ${service}, whose image cannot be had here; not required`;
  return { ...criterion, evidence };
}

function expectedClaims(
  manifest: readonly ExpectedClaim[],
  expected: Profile | undefined,
): readonly string[] {
  return manifest
    .filter(({ profiles }) => expected !== undefined && profiles.includes(expected))
    .map(({ claim }) => claim);
}

function waiverUsesOf(
  waivers: readonly Waiver[],
  criteria: readonly Criterion[],
  today: string,
): readonly WaiverUse[] {
  return waivers.map((waiver) => {
    const isUsed = criteria.some((criterion) => criterion.waiver?.criterion === waiver.criterion);
    if (isUsed) return { ...waiver, state: "used" };
    return { ...waiver, state: holdsOn(waiver, today) ? "not needed" : "expired" };
  });
}

function warningsOf(
  criteria: readonly Criterion[],
  waivers: readonly WaiverUse[],
  harness: readonly string[],
): readonly string[] {
  const waived = criteria.flatMap(({ id, title, evidence, waiver }) =>
    waiver === null
      ? []
      : [
          `${id} is waived until ${waiver.expires} by ${waiver.owner} (${waiver.reason}); ` +
            `${title}: ${evidence}`,
        ],
  );
  const expired = waivers.flatMap(({ criterion, expires, state }) =>
    state === "expired" ? [`the waiver of ${criterion} expired on ${expires}`] : [],
  );
  const worse = criteria.flatMap(({ id, deltas }) =>
    deltas.flatMap(({ name, value, unit, warning }) =>
      warning === null ? [] : [`${id}: ${name} ${formatValue(value, unit)}, ${warning}`],
    ),
  );
  return [...waived, ...expired, ...worse, ...harness];
}

function harnessOf(
  events: readonly RunEvent[],
  trusted: readonly RunEvent[],
  isReleaseVerdict: boolean,
): RunVerdict["harness"] {
  const warm = events.some((event) => event.type === "stack-started" && event.warm);
  const kept = events.findLast((event) => event.type === "kept")?.stack ?? null;
  return {
    errors: trusted.flatMap((event) => (event.type === "harness-error" ? [event.what] : [])),
    warnings: [
      ...events.flatMap((event) => (event.type === "warning" ? [event.what] : [])),
      ...(warm && isReleaseVerdict
        ? ["the stack was already up: its past is not part of this record"]
        : []),
      ...(kept === null
        ? []
        : [`the stack ${kept} was kept on request, so nobody counted what the run left behind`]),
    ],
    cancelledBy: events.find((event) => event.type === "cancelled")?.signal ?? null,
    leftovers: events.findLast((event) => event.type === "census")?.leftovers ?? null,
    kept,
  };
}

function promisesWithoutClaim(
  criteria: readonly Criterion[],
  manifest: readonly ExpectedClaim[],
  profile: Profile | null,
  objectives: readonly Objective[],
): readonly NotClaimed[] {
  const claimed = new Set(criteria.map(({ promise }) => promise));
  const claimable = (isWanted: (claim: ExpectedClaim) => boolean) =>
    new Set(
      manifest
        .filter(isWanted)
        .flatMap((claim) => claim.objectives)
        .map((id) => objectives.find((objective) => objective.id === id)?.promise),
    );
  const inProfile = claimable(({ profiles }) => profile !== null && profiles.includes(profile));
  const anywhere = claimable(() => true);
  return promises
    .filter(({ id }) => !claimed.has(id))
    .map(({ id, words }) => ({
      promise: id,
      words,
      why: inProfile.has(id)
        ? "its claims are not part of this partial run"
        : anywhere.has(id)
          ? `its claims are not part of the profile ${profile ?? "of this run"}`
          : "no claim about it exists yet",
    }));
}

function countStates(criteria: readonly Criterion[]): RunVerdict["counts"] {
  const count = (state: Criterion["state"]) =>
    criteria.filter((criterion) => criterion.state === state).length;
  return {
    passed: count("passed"),
    failed: count("failed"),
    unknown: count("unknown"),
    "not-measured": count("not-measured"),
    waived: count("waived"),
  };
}

function describeOpen({
  objective,
  verdict,
}: {
  readonly objective: Objective;
  readonly verdict: Verdict | null;
}): string {
  const state = verdict === null ? "not judged" : `${verdict.status}: ${verdict.evidence}`;
  return `${objective.title}: ${state} (${objective.id})`;
}
