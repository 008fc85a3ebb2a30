/**
 * The record of a run: what clients saw, what was done to the stack, and what was concluded.
 *
 * Every room reads and writes these shapes and nothing else. All times of one history are
 * milliseconds on one monotonic clock, counted from the origin of that history; `…At` strings are
 * UTC in ISO 8601.
 */

import type { Monitoring, PanelsObservation } from "./monitoring.ts";

export type { RunEventBody } from "./events.ts";
export type * from "./monitoring.ts";

/**
 * How an operation ended as far as its client can know (Jepsen's ok, fail and info).
 *
 * `failed` means that it certainly had no effect. `indeterminate` means that it may have had one.
 * `dropped` means that the generator never sent it because its own cap was reached.
 */
export type Outcome = "ok" | "failed" | "indeterminate" | "dropped";

/** Why an operation did not end well; `null` on success. */
export type FailureClass =
  | "refused"
  | "reset-before-bytes"
  | "reset-on-reused-socket"
  | "reset-after-headers"
  | "truncated"
  | "timeout"
  | "tls"
  | "status"
  | "wrong-body"
  | "cap-reached";

/** One request as its client saw it. */
export interface Operation {
  /** Slot in the schedule, from 0, without gaps. */
  readonly sequence: number;
  /** What the request is for, such as `list missions`; operations of one label are comparable. */
  readonly label: string;
  readonly method: string;
  readonly path: string;
  /** When the open-loop schedule wanted it sent; latency counts from here. */
  readonly intendedAtMs: number;
  readonly sentAtMs: number | null;
  readonly firstByteAtMs: number | null;
  readonly endedAtMs: number;
  readonly outcome: Outcome;
  readonly failureClass: FailureClass | null;
  readonly status: number | null;
  /** The replica that answered, from its response header. */
  readonly replica: string | null;
  /** Id of the one thing that was written or read; `null` for lists, files and unanswered creations. */
  readonly resource: string | null;
  /** Version of that thing in the answer: what was acknowledged, or what was read. */
  readonly version: number | null;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
  /** SHA-256 (hex) of the canonical payload that was written, for writes. */
  readonly payloadHash: string | null;
  /** True where a socket was reused; resets on reused sockets are a class of their own. */
  readonly reusedSocket: boolean;
  readonly bodyBytes: number;
}

/** One observation whether a fault is in effect, by an observer that is not the injector. */
export interface Proof {
  readonly observer: string;
  readonly seen: string;
  readonly confirms: boolean;
}

/** One fault from injection to healing. */
export interface FaultWindow {
  readonly name: string;
  readonly target: string;
  /** How the target names itself in its answers; `null` where it is not a replica. */
  readonly replica: string | null;
  /** Whether the target cannot answer while the fault is in effect; a slow one still does. */
  readonly silences: boolean;
  /** When injecting it began: whatever happens to the target from here on is the fault's doing. */
  readonly injectedAtMs: number;
  /** When the first proof confirmed it; `null` when nothing ever did. */
  readonly effectiveAtMs: number | null;
  /** When undoing it began: until then the target must be silent, from then on it may answer. */
  readonly recoveredAtMs: number | null;
  /** When the target was seen healthy again; `null` when it never was. */
  readonly healedAtMs: number | null;
  readonly proofs: readonly Proof[];
  /** What was read of the target while the fault was in effect; promises about it are judged by that. */
  readonly observed?: readonly Subject[];
  /** What the target itself says that keeps it from coming back; `null` where it came back. */
  readonly refusal?: string | null;
  /** Requests unanswered by the target at the moment of injection, where that is the trigger. */
  readonly inFlightAtInjection: number | null;
  /** Writes acknowledged in the 50 ms before injection, where that is the trigger. */
  readonly acknowledgedJustBefore: number | null;
}

/** How far the load generator itself can be trusted. */
export interface GeneratorHealth {
  readonly scheduledCount: number;
  readonly plannedRatePerSecond: number;
  readonly achievedRatePerSecond: number;
  readonly sendLagP99Ms: number;
  readonly eventLoopDelayP99Ms: number;
  /** Processor time of the generator's own thread, as a share of one processor. */
  readonly processorShare: number;
  /** Share of the time in which something on the machine waited for a processor; `null` if unknown. */
  readonly pressureShare: number | null;
  readonly idleShare: number | null;
  /** Processor time that the hypervisor gave to others. */
  readonly stolenShare: number | null;
  /** Answers of a server that does nothing, asked all the while; `null` where there were none. */
  readonly controlP95Ms: number | null;
  readonly controlCount: number;
  /** True when the generator ran to the end of its plan and closed every request it had opened. */
  readonly finished: boolean;
}

/** A stretch of a load with a rate of its own. */
export interface LoadStep {
  readonly fromMs: number;
  readonly toMs: number;
  /** What was planned; the mean where the rate went up or down meanwhile. */
  readonly ratePerSecond: number;
}

/** One check of normal behaviour, before or after the fault. */
export interface SteadyState {
  readonly when: "before" | "after";
  readonly probe: string;
  readonly met: boolean;
  readonly seen: string;
  readonly allowed: string;
}

/** One line of the gateway's access log that belongs to this history. */
export interface GatewayLine {
  readonly requestId: string;
  readonly status: number;
  /** One entry per attempt, in order; more than one means that the gateway tried again. */
  readonly upstreamAddresses: readonly string[];
  readonly upstreamStatuses: readonly string[];
}

/** One container as the engine saw it at one moment. */
export interface ContainerMoment {
  readonly id: string;
  /** How a replica names itself in its answers. */
  readonly hostName: string;
  readonly startedAt: string;
  /** Starts by the restart policy since the container was made. */
  readonly restartCount: number;
  readonly oomKilled: boolean;
}

/** One container over a history; `null` where there was none of that name at that moment. */
export interface ContainerLife {
  /** Compose service and index, such as `server-2`. */
  readonly name: string;
  readonly service: string;
  readonly before: ContainerMoment | null;
  readonly after: ContainerMoment | null;
}

/** A line of a container's log that speaks of trouble; which ones matter is for the oracle to say. */
export interface LogFinding {
  readonly container: string;
  readonly line: string;
}

/** One mission as the database itself holds it, read without gateway, server or cache. */
export interface StoredMission {
  readonly id: string;
  readonly idempotencyKey: string;
  readonly payloadHash: string;
  readonly version: number;
}

/**
 * What the database held at the end, limited to the rows that this history could have written (by
 * the prefix of its idempotency keys); `null` rows mean that the read failed.
 */
export interface FinalRead {
  readonly rows: readonly StoredMission[] | null;
  readonly seen: string;
}

/** The ordered record of one experiment, and all that an oracle may look at. */
export interface History {
  readonly title: string;
  /** Decides everything that is chosen at random, such as which replica is hurt. */
  readonly seed: number;
  readonly originAt: string;
  readonly durationMs: number;
  readonly replicasExpected: number;
  /** Empty where the rate was the same all the time. */
  readonly steps: readonly LoadStep[];
  readonly operations: readonly Operation[];
  readonly faults: readonly FaultWindow[];
  readonly steadyStates: readonly SteadyState[];
  readonly generator: GeneratorHealth;
  /** `null` when the gateway's log could not be read. */
  readonly gatewayLines: readonly GatewayLine[] | null;
  /** Empty when nobody asked the engine. */
  readonly containers: readonly ContainerLife[];
  /** `null` when a log could not be read. */
  readonly logFindings: readonly LogFinding[] | null;
  /** `null` when the experiment has no final read. */
  readonly finalRead: FinalRead | null;
  /** `null` when nobody watched Prometheus and Alertmanager. */
  readonly monitoring: Monitoring | null;
}

/** What a handshake probe saw. */
export interface HandshakeObservation {
  readonly probe: string;
  /** Version that was offered, such as `TLSv1.2`. */
  readonly offered: string;
  /** `accepted`, `alert` (with its number), or what kept the probe from knowing. */
  readonly answer: "accepted" | "alert" | "closed" | "timeout" | "unparsable";
  readonly alert: number | null;
  readonly negotiatedVersion: string | null;
  readonly negotiatedSuite: string | null;
  /** Chain verified for the host name against the run's own authority; `null` if not tried. */
  readonly authorized: boolean | null;
  readonly detail: string;
}

/** The headers of one class of answer, exactly as they came over the wire. */
export interface HeaderObservation {
  readonly answerClass: string;
  /** Major and minor number in HTTP/1.1, `2` in HTTP/2. */
  readonly httpVersion: string;
  /** 0 where no readable answer came; `body` then says why. */
  readonly status: number;
  /** Lower-case names; one entry per header line, so that duplicates stay visible. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Text of a page; `null` where only the headers matter. */
  readonly body: string | null;
}

/** What the TLS and header probes saw together. */
export interface TransportObservation {
  readonly handshakes: readonly HandshakeObservation[];
  readonly answers: readonly HeaderObservation[];
}

/** One table as an observer read it: in the order of its key, hashed by the observer itself. */
export interface TableContent {
  readonly table: string;
  readonly rows: number;
  readonly sha256: string;
}

/** A row that was written after a move without naming its number. */
export interface FreshRow {
  readonly table: string;
  readonly highestBefore: number;
  /** The number that it was given; `null` where it was refused. */
  readonly given: number | null;
  readonly seen: string;
}

/** One move of a whole database, seen from both ends. */
export interface DataMove {
  readonly exitCode: number | null;
  readonly durationMs: number;
  readonly source: readonly TableContent[];
  readonly target: readonly TableContent[];
  /** What belongs to the data and is no row: sequences, constraints, indexes, owners, privileges. */
  readonly sourceFacts: Readonly<Record<string, string>>;
  readonly targetFacts: Readonly<Record<string, string>>;
  readonly freshRows: readonly FreshRow[];
  readonly leftovers: readonly string[];
  readonly said: string;
}

/** Something that was done to a database and must leave all that it holds as it was. */
export interface HarmlessAct {
  readonly name: string;
  /** How it had to end, and how it ended. */
  readonly expected: string;
  readonly seen: string;
  readonly before: readonly TableContent[];
  /** `null` where the database could not be read afterwards. */
  readonly after: readonly TableContent[] | null;
  readonly factsBefore: Readonly<Record<string, string>>;
  readonly factsAfter: Readonly<Record<string, string>>;
  /** Databases that it left behind. */
  readonly leftovers: readonly string[];
  /** That it was done at all, by observers that are not the doer. */
  readonly proofs: readonly Proof[];
}

/** What was seen of a database that was moved, and of one that had to stay as it was. */
export interface MigrationObservation {
  readonly title: string;
  readonly move: DataMove | null;
  readonly acts: readonly HarmlessAct[];
}

/** One thing that was looked at, such as a container, with what was read of it by name. */
export interface Subject {
  readonly name: string;
  /** What it is one of, such as the service of a container. */
  readonly group: string;
  /** A fact that could not be read is not there. */
  readonly facts: Readonly<Record<string, string>>;
}

/** What was found out about things that do not change while they are looked at. */
export interface FactsObservation {
  readonly subjects: readonly Subject[];
}

/** What a judge was given, as it is kept on disk to be judged again. */
export type JudgedRecord =
  | { readonly kind: "history"; readonly seen: History }
  | { readonly kind: "transport"; readonly seen: TransportObservation }
  | { readonly kind: "migration"; readonly seen: MigrationObservation }
  | { readonly kind: "facts"; readonly seen: FactsObservation }
  | { readonly kind: "panels"; readonly seen: PanelsObservation };

/** Three-valued on purpose: unknown never counts as passed. */
export type VerdictStatus = "passed" | "failed" | "unknown";

/** One number behind a verdict. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** How many observations the number rests on. */
  readonly sampleSize: number;
  /** What the number is held against; not there for one that decides nothing. */
  readonly limit?: NumberLimit;
  readonly spread?: Spread;
}

export interface NumberLimit {
  readonly rule: "at most" | "at least" | "below";
  /** In the unit of the number. */
  readonly value: number;
}

/** Between what the truth lies, or what was seen; `meaning` says which of them. */
export interface Spread {
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  readonly meaning: string;
}

/** What an oracle concluded about one objective. */
export interface Verdict {
  readonly oracle: string;
  readonly objective: string;
  readonly status: VerdictStatus;
  /** One sentence with count, total, value and limit; or why nothing could be concluded. */
  readonly evidence: string;
  readonly measurements: readonly Measurement[];
  /** Request ids or other names of what broke the objective; at most twenty. */
  readonly witnesses: readonly string[];
}

/**
 * A criterion's state. `not-measured` is no verdict of an oracle: nobody judged it in this run.
 * `waived` has failed, and somebody answers for it until a date.
 */
export type CriterionState = VerdictStatus | "not-measured" | "waived";

/** A claim's outcome: `broken` is the harness or the environment, never the product. */
export type ClaimState = "passed" | "failed" | "unknown" | "broken";
