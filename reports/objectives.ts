/**
 * The shapes of promises and limits; the limits themselves stand in `slo.ts`, and nowhere else.
 */

/** A promise of the roadmap, in its own words. */
export interface RoadmapPromise {
  readonly id: string;
  readonly words: string;
  /** What a release without it would be: impossible, a risk, or a flaw. */
  readonly severity: "blocker" | "critical" | "normal";
}

/** What every objective has; each oracle asks for more fields of its own. */
export interface Objective {
  /** Stable name, `<promise>.<indicator>`; reports and baselines are keyed by it. */
  readonly id: string;
  readonly promise: string;
  /** The claim in one sentence; it opens the failure message. */
  readonly title: string;
  /** The limit in words, with its unit. */
  readonly limit: string;
  /** Why this limit and not another. */
  readonly reason: string;
}

/** A stretch of a load, in which the rate goes evenly from one figure to the other. */
export interface LoadStage {
  readonly durationMs: number;
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
}

/** Open-loop load: arrivals do not wait for answers. */
export interface TrafficPlan {
  /** The mean over all stages where there are any. */
  readonly ratePerSecond: number;
  /** At equal distances, which is the default, or at random ones as those of many people are. */
  readonly arrivals?: "constant" | "poisson";
  /** So many requests are due at one moment, at the same mean rate; one where it is not given. */
  readonly together?: number;
  /** A ramp or steps in place of one rate; together they last as long as the plan. */
  readonly stages?: readonly LoadStage[];
  readonly durationMs: number;
  /** Shares of the mix by operation label; they add up to 1. */
  readonly mix: Readonly<Record<string, number>>;
  /** Longest wait for one answer; it must exceed the latency limit that is judged. */
  readonly timeoutMs: number;
  /** Requests open at once before the generator reports `dropped` in place of waiting. */
  readonly openRequestsMax: number;
}

export interface SlowShareObjective extends Objective {
  readonly label: string;
  readonly limitMs: number;
  readonly slowShareMax: number;
  readonly sampleSizeMin: number;
}

export interface ErrorFreeObjective extends Objective {
  readonly ratePerSecondMin: number;
  readonly sampleSizeMin: number;
}

/** Reported, and promised only as far as `ratePerSecondMin`. */
export interface CapacityObjective extends Objective {
  readonly ratePerSecondMin: number;
  /** 99 % of the answers of a step must come in time for its rate to count as served. */
  readonly answerMsMax: number;
  readonly sampleSizeMin: number;
}

export interface BalanceObjective extends Objective {
  readonly replicas: number;
  readonly shareDeviationMax: number;
  readonly sampleSizeMin: number;
}

export interface AvailabilityObjective extends Objective {
  readonly methods: readonly string[];
  readonly failedMax: number;
  readonly latencyMsMax: number;
  readonly inFlightMin: number;
  readonly operationsInWindowMin: number;
  readonly replicasBefore: number;
  /** Of the requests during the fault, how many may be sent to a replica that is away already. */
  readonly retriedShareMax?: number;
}

/** How soon service and capacity must be back, and what clients may see until then. */
export interface RecoveryObjective extends Objective {
  /** From which moment the limits count: the harm, or the begin of undoing it. */
  readonly since: "injected" | "recovered";
  /** Until every answer is good again, for `windowMs` on end. */
  readonly serviceMsMax: number;
  /** Until every replica serves its part again; `null` where no replica is touched. */
  readonly capacityMsMax: number | null;
  readonly replicas: number;
  readonly fairShareMin: number;
  readonly windowMs: number;
  /** No answer, good or bad, may take longer, counted from the intended moment. */
  readonly answerMsMax: number;
  /** Statuses other than success that clients may see meanwhile; no other kind of failure may be seen. */
  readonly statusesAllowed: readonly number[];
  /** Whether connections may be refused or cut meanwhile: only where the gateway itself is away. */
  readonly brokenConnectionsAllowed: boolean;
  readonly operationsInWindowMin: number;
}

/** How much longer one kind of request may take than another one of the same run. */
export interface RatioObjective extends Objective {
  readonly label: string;
  /** What it is held against, such as a static file. */
  readonly control: string;
  readonly ratioMax: number;
  readonly sampleSizeMin: number;
}

/** How much longer a cheap request may take beside an expensive one on the same replica. */
export interface NeighboursObjective extends Objective {
  readonly label: string;
  readonly neighbour: string;
  readonly ratioMax: number;
  /** How far apart the two of a pair may be sent: closer than the machine changes its pace. */
  readonly pairMsMax: number;
  /** Pairs. */
  readonly sampleSizeMin: number;
}

/** How a system behaves that gets more requests than it can answer. */
export interface SheddingObjective extends Objective {
  /** Requests that may wait for their answers; more are to be refused. */
  readonly waitingMax: number;
  /** Requests offered while none could be answered, as a multiple of those; less proves nothing. */
  readonly overloadMin: number;
  readonly refusedMin: number;
  /** How soon after it was sent that share of the refusals must be there. */
  readonly refusalMsMax: number;
  readonly refusedInTimeShareMin: number;
  readonly statuses: readonly number[];
}

export interface FreshnessObjective extends Objective {
  /** How long after its acknowledgement a change may still be unseen by a read that began later. */
  readonly staleMsMax: number;
  /** Reads of a changed mission that began after the acknowledgement of a change; fewer prove nothing. */
  readonly readsAfterChangeMin: number;
}

/** What must not happen beside the fault: strangers that answer, containers that die, panics. */
export interface SideEffectsObjective extends Objective {
  /** Services of which a container may have started anew, because the fault did that. */
  readonly mayRestart: readonly string[];
  /** Starts by the restart policy that must have happened, by service; proves self-healing. */
  readonly policyRestartsMin: Readonly<Record<string, number>>;
  /** Patterns of log lines that are a defect wherever they stand. */
  readonly forbiddenLines: readonly string[];
  readonly answersMin: number;
}

export interface RotationObjective extends Objective {
  readonly replicas: number;
  /** Share of a fair third that the returned replica must serve again. */
  readonly fairShareMin: number;
  readonly windowMs: number;
  readonly afterHealedMsMax: number;
}

export interface DuplicateObjective extends Objective {
  readonly acknowledgedMin: number;
}

export interface DurabilityObjective extends Objective {
  readonly acknowledgedMin: number;
  /** Writes acknowledged in the last 50 ms before a kill; 0 for a graceful restart. */
  readonly acknowledgedJustBeforeMin: number;
}

export interface MigrationObjective extends Objective {
  /** Rows that must have been at stake; fewer prove nothing. */
  readonly rowsMin: number;
  /** Whether the database must also have been moved. */
  readonly moves: boolean;
  /** What must have been done without harm, by name. */
  readonly acts: readonly string[];
}

export interface HandshakeObjective extends Objective {
  readonly versionsAccepted: readonly string[];
  readonly versionsRefused: readonly string[];
  /** RFC 8446 §6.2: 70 is protocol_version. */
  readonly refusalAlert: number;
  readonly suitesTls12: readonly string[];
}

/** What every answer of one class has to look like. */
export interface ExpectedAnswer {
  readonly status: number;
  readonly httpVersions: readonly string[];
  /** Whether each replica has to be heard. */
  readonly byReplica: boolean;
  /** Headers that must stand exactly once with exactly this value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly absent: readonly string[];
}

export interface HeaderObjective extends Objective {
  readonly expected: Readonly<Record<string, ExpectedAnswer>>;
  /** Headers that no answer may have, of whatever class. */
  readonly forbidden: readonly string[];
  readonly replicas: number;
}

/**
 * A pattern that the whole fact must match, or the number that a fact named by its unit is below, or
 * has to reach.
 */
export type FactLimit = string | number | { readonly atLeast: number };

interface ExpectedGroup {
  /** How many there must be at least to conclude anything. */
  readonly subjectsMin: number;
  /** A check of the probe itself: a wrong fact leaves everything unknown, and fails nothing. */
  readonly isControl?: boolean;
  readonly facts: Readonly<Record<string, FactLimit>>;
}

export interface FactsObjective extends Objective {
  /** By group; a subject of any other group is a flaw. */
  readonly groups: Readonly<Record<string, ExpectedGroup>>;
}

/** How much of the time the watcher of the monitoring must have seen. */
interface WatchedObjective extends Objective {
  /** The longest time between two looks; what happened within a longer one was not seen. */
  readonly blindMsMax: number;
}

export interface TargetsObjective extends WatchedObjective {
  readonly replicas: number;
  /** Replicas that must have come back with an address that none of them had before. */
  readonly movedMin: number;
}

export interface AlertingObjective extends WatchedObjective {
  readonly alert: string;
}

export interface CountersObjective extends Objective {
  readonly replicas: number;
  readonly answersMin: number;
}

export interface QuietObjective extends Objective {
  /** Alerts that fire always, to show that alerting works. */
  readonly alwaysFiring: readonly string[];
  /** Alerts that slowness alone lets fire, which a machine without processors causes by itself. */
  readonly ofSlowness: readonly string[];
  /** How long an alert of before the watch may still fire: of the start of the stack, for example. */
  readonly earlierMsMax: number;
  readonly quietMsMin: number;
  readonly rulesMin: number;
  readonly operationsMin: number;
}

/** Smallest and largest value that can be meant; `null` where there is no bound. */
interface ValueRange {
  readonly min: number | null;
  readonly max: number | null;
}

export interface PanelsObjective extends Objective {
  /** By Grafana's name of the unit; a panel's own bounds take their place. */
  readonly ranges: Readonly<Record<string, ValueRange>>;
  readonly otherUnits: ValueRange;
  readonly dashboardsMin: number;
  readonly panelsMin: number;
  readonly rulesMin: number;
}
