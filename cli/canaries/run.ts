/** Tries the suite against damaged copies of itself, and requires that its own checks notice each. */

import { performance } from "node:perf_hooks";
import { print } from "../console.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Canary } from "./canary.ts";
import { canaries as catalogue } from "./catalogue.ts";
import { checks } from "./checks.ts";
import type { CheckName } from "./checks.ts";
import { SuiteSources } from "./sources.ts";

/** Far beyond what any check takes: whoever hangs has noticed nothing. */
const checkMsMax = 30_000;

export interface CanaryResult {
  readonly id: string;
  readonly check: CheckName;
  /** `red for another reason` is no better than `unnoticed`: it would be so by luck. */
  readonly state: "noticed" | "unnoticed" | "red for another reason";
  /** What the check said; `null` where it was green. */
  readonly complaint: string | null;
  readonly durationMs: number;
}

async function withinLimit(work: Promise<string | null>): Promise<string | null> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`not ended after ${checkMsMax} ms`)), checkMsMax);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What one check says of one suite; an exception is a complaint like any other. */
async function complaintOf(check: CheckName, suite: SuiteSources): Promise<string | null> {
  try {
    return await withinLimit(checks[check](suite));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @throws OverlayError when an edit of it does not fit the sources */
export async function tryCanary({ id, edits, check, reason }: Canary): Promise<CanaryResult> {
  const startedMs = performance.now();
  using suite = SuiteSources.create(edits);
  const complaint = await complaintOf(check, suite);
  const state =
    complaint === null
      ? "unnoticed"
      : complaint.includes(reason)
        ? "noticed"
        : "red for another reason";
  return { id, check, state, complaint, durationMs: performance.now() - startedMs };
}

/** What the checks that these canaries need say of the sound suite; empty where all are green. */
export async function complaintsAboutSound(all: readonly Canary[]): Promise<string[]> {
  using sound = SuiteSources.create([]);
  const complaints: string[] = [];
  for (const check of new Set(all.map((canary) => canary.check))) {
    const complaint = await complaintOf(check, sound);
    if (complaint !== null) complaints.push(`${check}: ${complaint}`);
  }
  return complaints;
}

function lineOf({ id, check, state, complaint, durationMs }: CanaryResult, width: number): string {
  const said = state === "noticed" ? "" : `  ${complaint ?? "the check is green"}`;
  return `${state.padEnd(9)}  ${id.padEnd(width)}  ${Math.round(durationMs)} ms  ${check}${said}`;
}

/** @returns 0 only when the sound suite is green, and each damaged one red for its own reason */
export async function tryCanaries(all: readonly Canary[] = catalogue): Promise<number> {
  const startedMs = performance.now();
  const complaints = await complaintsAboutSound(all);
  for (const complaint of complaints) print(`the sound suite is red: ${complaint}`);
  const width = Math.max(...all.map(({ id }) => id.length));
  let noticed = 0;
  for (const canary of all) {
    const result = await tryCanary(canary);
    print(lineOf(result, width));
    if (result.state === "noticed") noticed += 1;
  }
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  print(`${noticed} of ${all.length} damaged suites noticed, for their own reason; ${seconds} s`);
  return noticed === all.length && complaints.length === 0 ? exitCodes.go : exitCodes.noGo;
}
