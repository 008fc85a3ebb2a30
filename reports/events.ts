import type { EarlierRuns } from "./earlier-runs.ts";
import type { AlertObserver, AlertState } from "./monitoring.ts";
import type { Profile } from "./manifest.ts";
import type { ClaimState, Verdict } from "./records.ts";
import type { Waiver } from "./waivers.ts";

/** What happened, without its time. */
export type RunEventBody =
  | {
      readonly type: "run-started";
      readonly runId: string;
      readonly profile: Profile;
      /** Claims that this run sets out to measure; a single suite names fewer than the manifest. */
      readonly claims: readonly string[];
      readonly command: string;
      /** Decides everything that the run chooses at random. */
      readonly seed: number;
      readonly machine: Readonly<Record<string, string>>;
      readonly commit: string | null;
      readonly branch?: string | null;
    }
  /** What bends the decision, written down before anything is measured. */
  | { readonly type: "rules"; readonly strict: boolean; readonly waivers: readonly Waiver[] }
  /** What earlier runs of the same kind came to, as it was known when this one ended. */
  | { readonly type: "earlier-runs"; readonly earlier: EarlierRuns }
  | { readonly type: "phase"; readonly phase: string; readonly detail: string }
  | {
      readonly type: "images";
      readonly source: "registry" | "airgap";
      readonly images: readonly ImageRecord[];
    }
  | { readonly type: "stack-started"; readonly durationMs: number; readonly warm: boolean }
  | { readonly type: "claim-started"; readonly claim: string }
  | {
      readonly type: "judged";
      readonly claim: string;
      readonly verdict: Verdict;
      /** Path of the judged record below the run's folder, for judging again. */
      readonly record: string;
    }
  | {
      readonly type: "fault";
      readonly claim: string;
      readonly fault: string;
      readonly target: string;
      readonly moment: "injected" | "effective" | "recovered" | "healed" | "failed";
      /** Milliseconds on the clock of the history. */
      readonly atMs: number;
      readonly detail: string;
    }
  | {
      readonly type: "alert";
      readonly claim: string;
      readonly alert: string;
      readonly observer: AlertObserver;
      readonly state: AlertState;
      /** Milliseconds on the clock of the history. */
      readonly atMs: number;
    }
  | {
      readonly type: "claim-ended";
      readonly claim: string;
      readonly state: ClaimState;
      readonly durationMs: number;
      readonly error: string | null;
    }
  /** Weakens a run without deciding it: a run that is otherwise GO becomes GO_WITH_WARNINGS. */
  | { readonly type: "warning"; readonly what: string }
  | { readonly type: "harness-error"; readonly what: string }
  | { readonly type: "cancelled"; readonly signal: string }
  | { readonly type: "census"; readonly leftovers: readonly string[] }
  /** The stack was left up because somebody asked for it, so nobody counts what is left. */
  | { readonly type: "kept"; readonly stack: string }
  | { readonly type: "run-ended"; readonly durationMs: number };

/** One line of `events.jsonl`, appended as it happens; a killed run leaves these behind. */
export type RunEvent = { readonly at: string } & RunEventBody;

export interface ImageRecord {
  readonly service: string;
  readonly reference: string;
  readonly digest: string;
  readonly bytes: number;
}
