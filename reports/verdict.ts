import { AssertionError } from "node:assert";
import {
  claimResults,
  claimsInScope,
  criteriaOf,
  faultResults,
  mergeVerdicts,
  withWaivers,
  type ClaimResult,
  type Criterion,
  type FaultResult,
} from "./criteria.ts";
import type { EarlierRun } from "./earlier-runs.ts";
import type { ImageRecord, RunEvent } from "./events.ts";
import { formatValue } from "./format.ts";
import { machineClassOf } from "./machine-class.ts";
import { manifest as fullManifest, type ExpectedClaim, type Profile } from "./manifest.ts";
import type { Verdict } from "./records.ts";
import { allObjectives, promises, type Objective } from "./slo.ts";
import { dayOf, holdsOn, type Waiver } from "./waivers.ts";

/** The product missed an objective; Allure shows it as *failed*, everything else as *broken*. */
export class ObjectiveMissedError extends AssertionError {
  constructor(objective: Objective, verdict: Verdict, others: readonly string[] = []) {
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

type RunDecision = "GO" | "GO_WITH_WARNINGS" | "NO_GO" | "INCONCLUSIVE";

export const verdictSchemaVersion = 2;

/** What `verdict.json` holds. */
export interface RunVerdict {
  /** Of `verdict.schema.json`; changes with every field that changes. */
  readonly schemaVersion: typeof verdictSchemaVersion;
  readonly runId: string;
  readonly profile: Profile | null;
  /** A partial run measured fewer claims than its profile asks for: never a release verdict. */
  readonly scope: "full" | "partial";
  readonly verdict: RunDecision;
  readonly exitCode: number;
  /** Ids of the criteria and claims that decided, or `harness`, `cancelled`, `leftovers`, … */
  readonly decidedBy: readonly string[];
  readonly headline: string;
  /** Of the harness, of waived criteria and of numbers that became worse: all that weakens a GO. */
  readonly warnings: readonly string[];
  readonly strict: boolean;
  readonly finished: boolean;
  readonly startedAt: string | null;
  readonly durationMs: number | null;
  readonly command: string | null;
  /** What decided everything random of the run. */
  readonly seed: number | null;
  readonly commit: string | null;
  readonly branch: string | null;
  readonly counts: Readonly<Record<Criterion["state"], number>>;
  readonly criteria: readonly Criterion[];
  /** Promises of the roadmap that this run makes no claim about. */
  readonly notClaimed: readonly NotClaimed[];
  readonly claims: readonly ClaimResult[];
  readonly faults: readonly FaultResult[];
  readonly waivers: readonly WaiverUse[];
  /** Runs of the same kind before this one, oldest first. */
  readonly earlierRuns: readonly EarlierRun[];
  readonly harness: {
    readonly errors: readonly string[];
    readonly warnings: readonly string[];
    readonly cancelledBy: string | null;
    /** `null` where nobody counted what the run left behind. */
    readonly leftovers: readonly string[] | null;
    /** The stack that was left up on request; `null` where none was. */
    readonly kept: string | null;
  };
  readonly stack: {
    readonly source: "registry" | "airgap" | null;
    /** True where the run found the stack up instead of starting it. */
    readonly warm: boolean | null;
    readonly images: readonly ImageRecord[];
  };
  readonly machine: Readonly<Record<string, string>>;
  /** Runs are compared with runs on machines of the same class only. */
  readonly machineClass: string;
}

/** A waiver and what became of it: one that nobody needs should go. */
export interface WaiverUse extends Waiver {
  readonly state: "used" | "not needed" | "expired";
}

export interface NotClaimed {
  readonly promise: string;
  readonly words: string;
  readonly why: string;
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

/** Exit codes of the command line by what ended a run. */
export const exitCodes = {
  go: 0,
  noGo: 1,
  inconclusive: 2,
  harness: 3,
  usage: 64,
  missingDependency: 69,
} as const;

/** POSIX: 128 and the number of the signal. */
const exitCodeBySignal: Readonly<Record<string, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
};

interface Decision {
  readonly verdict: RunDecision;
  readonly exitCode: number;
  readonly decidedBy: readonly string[];
  readonly headline: string;
}

/**
 * Decides a run from its events alone; works at any moment, an unfinished run is inconclusive.
 *
 * Order: anything that failed → NO_GO; a harness error, a cancellation, a gap (unknown, not
 * measured, unfinished, leftovers) → INCONCLUSIVE; a warning → GO_WITH_WARNINGS. What was concluded
 * after a cancellation does not count, because the stack was being taken away meanwhile.
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
  const criteria = withWaivers(
    criteriaOf(trusted, inScope, claims, objectives, earlier),
    waivers,
    today,
  );
  const harness = harnessOf(events, trusted, scope);
  const waiverUses = waiverUsesOf(waivers, criteria, today);
  const strict = options.strict ?? rules?.strict ?? false;
  const images = events.findLast((event) => event.type === "images");
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
  return { ...facts, ...conclude(facts, strict) };
}

function expectedClaims(
  manifest: readonly ExpectedClaim[],
  expected: Profile | undefined,
): readonly string[] {
  return manifest
    .filter(({ profiles }) => expected !== undefined && profiles.includes(expected))
    .map(({ claim }) => claim);
}

type Facts = Omit<RunVerdict, keyof Decision>;

function conclude(facts: Facts, strict: boolean): Decision {
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
  const open = gaps(facts);
  const [gap] = open;
  if (gap !== undefined) {
    return inconclusive(exitCodes.inconclusive, open, withRest(gap.what, open.length - 1));
  }
  const { passed } = facts.counts;
  const all =
    passed === facts.criteria.length
      ? `all ${passed} criteria passed`
      : `${passed} of ${facts.criteria.length} criteria passed, the others are waived`;
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
  const leftovers = harness.leftovers ?? [];
  const nobodyCounted =
    harness.leftovers === null && harness.kept === null && facts.stack.warm !== true;
  return [
    ...(facts.finished ? [] : [{ id: "not finished", what: "the run is not finished" }]),
    ...(criteria.length > 0 ? [] : [{ id: "nothing measured", what: "nothing was measured" }]),
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
    deltas.flatMap(({ name, value, unit, median, warning }) =>
      warning === null
        ? []
        : [`${id}: ${name} ${formatValue(value, unit)}, ${warning} (${formatValue(median, unit)})`],
    ),
  );
  return [...waived, ...expired, ...worse, ...harness];
}

function isJudged(claim: string, criteria: readonly Criterion[]): boolean {
  return criteria.some((criterion) => criterion.claim === claim && criterion.judgedCount > 0);
}

function harnessOf(
  events: readonly RunEvent[],
  trusted: readonly RunEvent[],
  scope: RunVerdict["scope"],
): RunVerdict["harness"] {
  const warm = events.some((event) => event.type === "stack-started" && event.warm);
  const kept = events.findLast((event) => event.type === "kept")?.stack ?? null;
  return {
    errors: trusted.flatMap((event) => (event.type === "harness-error" ? [event.what] : [])),
    warnings: [
      ...events.flatMap((event) => (event.type === "warning" ? [event.what] : [])),
      ...(warm && scope === "full"
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

function withRest(first: string, restCount: number): string {
  return restCount > 0 ? `${first} (and ${restCount} more)` : first;
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
