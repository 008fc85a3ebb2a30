import type { ClaimResult, Criterion, FaultResult } from "./criteria.ts";
import type { EarlierRun } from "./earlier-runs.ts";
import type { ImageRecord } from "./events.ts";
import type { Profile } from "./manifest.ts";
import type { Waiver } from "./waivers.ts";

/** What may follow from a run. */
export type RunDecision = "GO" | "GO_WITH_WARNINGS" | "NO_GO" | "INCONCLUSIVE";

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
export const exitCodeBySignal: Readonly<Record<string, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
};
