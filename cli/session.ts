/**
 * One run from preflight to census: owns the stack, the record and the order of things.
 *
 * Whatever happens, the record tells it and nothing of the run is left in the engine.
 */

import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { keptImages, prepareImages, removeComponentImages } from "../stack/build.ts";
import type { PreparedImages } from "../stack/build.ts";
import { docker } from "../stack/engine.ts";
import { isImageSource } from "../stack/images.ts";
import { repetitionsWhileUnknownMax } from "../reports/slo.ts";
import { listResources, removeDeadRuns, removeRun } from "../stack/leftovers.ts";
import { production } from "../stack/origin.ts";
import type { StackOrigin } from "../stack/origin.ts";
import { ProductionStack, startProductionStack } from "../stack/production-stack.ts";
import type { HostPorts } from "../stack/production-stack.ts";
import { isWhole, missingServices, restoreContainers } from "../stack/restore.ts";
import { canHaveReaper } from "../stack/reaper.ts";
import { undoLeftovers } from "../stack/undo.ts";
import { impossibleClaims } from "../reports/manifest.ts";
import type { Profile } from "../reports/manifest.ts";
import { appendEvent } from "../reports/run-store.ts";
import type { Run } from "../reports/run-store.ts";
import type { Waiver } from "../reports/waivers.ts";
import type { GivenImages } from "../stack/given-images.ts";
import type { ClaimOutcome } from "./claim-outcome.ts";
import { progress } from "./console.ts";
import { machineFacts } from "./machine.ts";
import { measureWhileUnknown } from "./repeat.ts";
import { saveVerdict } from "./save-verdict.ts";
import { placeOf } from "./place.ts";
import { CancelledError } from "./signals.ts";
import type { Cancellation } from "./signals.ts";
import { SuiteRunner } from "./suite-runner.ts";
import { forgetWarmStack, noteWarmStack, removeKept } from "./warm-stack.ts";
import type { WarmStack } from "./warm-stack.ts";

export const startDeadlineMs = 180_000;

export interface SessionPlan {
  readonly claims: readonly string[];
  readonly profile: Profile;
  readonly command: string;
  readonly ports: HostPorts;
  /** Decides what is chosen at random. */
  readonly seed: number;
  /** A kept stack that may be used if it is still what the sources say. */
  readonly warm: WarmStack | null;
  /** From what a stack is started where it is not production. */
  readonly origin?: StackOrigin;
  /** What bends the decision; written into the record before anything is measured. */
  readonly rules?: { readonly strict: boolean; readonly waivers: readonly Waiver[] };
  /** How often each claim is measured; one that failed once has failed. */
  readonly repeat?: number;
  /** Whether a stack that this run starts stays up for the next one. */
  readonly keep?: boolean;
  /** References of images to release in place of images that are built here, by service. */
  readonly givenImages?: GivenImages;
  /** How long each claim took last, in milliseconds; tells when the run may be over. */
  readonly lastDurations?: ReadonlyMap<string, number>;
  /** Brings up a stack that outlives the session, in place of one of its own. */
  readonly lend?: () => Promise<LentStack>;
}

export interface LentStack {
  readonly stack: ProductionStack;
  readonly images: PreparedImages;
}

/** Undoes what is on record as done, then whatever else keeps a container from its work. */
async function repair(stack: ProductionStack): Promise<string[]> {
  return [...(await undoLeftovers(stack)), ...(await restoreContainers(stack.control))];
}

export class Session {
  readonly #plan: SessionPlan;
  readonly #run: Run;
  readonly #cancellation: Cancellation;
  readonly #origin: StackOrigin;
  #images: PreparedImages | null = null;
  #stack: ProductionStack | null = null;
  #isWarm = false;
  #where = "set-up";

  constructor(plan: SessionPlan, run: Run, cancellation: Cancellation) {
    this.#plan = plan;
    this.#run = run;
    this.#cancellation = cancellation;
    this.#origin = plan.origin ?? production;
  }

  /** What is done now, and when it may be over; for whoever watches. */
  get where(): string {
    return this.#where;
  }

  #phase(phase: string, detail: string): void {
    if (phase !== "repeat") this.#where = phase;
    progress(`${phase}: ${detail}`);
    appendEvent(this.#run, { type: "phase", phase, detail });
  }

  /** Runs all claims of the plan. What ends a run early is written down, never thrown. */
  async run(): Promise<void> {
    const startedMs = performance.now();
    const { claims, profile, command, seed } = this.#plan;
    appendEvent(this.#run, {
      type: "run-started",
      runId: this.#run.id,
      profile,
      claims,
      command,
      seed,
      ...(await machineFacts()),
    });
    const { rules } = this.#plan;
    if (rules !== undefined) appendEvent(this.#run, { type: "rules", ...rules });
    saveVerdict(this.#run);
    try {
      await this.#prepare();
      await this.#bringUp();
      await this.#runClaims();
    } catch (error) {
      this.#writeDown(error);
    } finally {
      await this.#tearDown();
      const durationMs = performance.now() - startedMs;
      appendEvent(this.#run, { type: "run-ended", durationMs });
      saveVerdict(this.#run);
    }
  }

  #writeDown(error: unknown): void {
    if (error instanceof CancelledError || this.#cancellation.signal.aborted) {
      return;
    }
    const what = error instanceof Error ? error.message : String(error);
    progress(`harness error: ${what}`);
    appendEvent(this.#run, { type: "harness-error", what });
  }

  async #prepare(): Promise<void> {
    if (this.#plan.lend !== undefined) return;
    const removed = await removeDeadRuns();
    if (removed.length > 0) this.#phase("clean-up", `removed dead runs ${removed.join(", ")}`);
    this.#useImages((await this.#keptImages()) ?? (await this.#freshImages()));
  }

  #useImages(prepared: PreparedImages): void {
    this.#images = prepared;
    const { source, images } = prepared;
    appendEvent(this.#run, { type: "images", source, images });
  }

  /** Those of the kept stack, so that nobody waits for a registry that is not needed. */
  async #keptImages(): Promise<PreparedImages | null> {
    const { warm } = this.#plan;
    if (warm === null) return null;
    const wanted = process.env["IMAGES"] ?? "";
    const source = isImageSource(wanted) ? wanted : warm.imageSource;
    const kept = await keptImages(this.#origin, source);
    return kept?.configurationHash === warm.configurationHash ? kept : null;
  }

  #freshImages(): Promise<PreparedImages> {
    this.#phase("images", "official where a registry answers, otherwise from packages");
    return prepareImages({
      origin: this.#origin,
      given: this.#plan.givenImages ?? {},
      log: (line) => this.#phase("images", line),
      signal: this.#cancellation.signal,
    });
  }

  async #bringUp(): Promise<void> {
    const startedMs = performance.now();
    if (this.#plan.lend === undefined) await this.#bringUpOwn();
    else await this.#borrow(this.#plan.lend);
    const durationMs = performance.now() - startedMs;
    appendEvent(this.#run, { type: "stack-started", durationMs, warm: this.#isWarm });
    this.#phase("stack", `up after ${(durationMs / 1_000).toFixed(1)} s`);
  }

  async #borrow(lend: () => Promise<LentStack>): Promise<void> {
    this.#isWarm = true;
    const { stack, images } = await lend();
    this.#stack = stack;
    this.#useImages(images);
  }

  async #bringUpOwn(): Promise<void> {
    const images = this.#images;
    if (images === null) throw new Error("the stack needs images: saw none prepared");
    const { warm } = this.#plan;
    if (warm !== null) this.#stack = await this.#reuse(warm, images);
    this.#isWarm = this.#stack !== null;
    if (this.#isWarm) return;
    if (this.#plan.keep === true) await removeKept();
    this.#stack = await this.#startFresh(images);
  }

  /** The kept stack, repaired after whoever was killed over it; `null` where it cannot be used. */
  async #reuse(warm: WarmStack, images: PreparedImages): Promise<ProductionStack | null> {
    if (warm.configurationHash !== images.configurationHash) {
      this.#phase(
        "stack",
        `not reusing the kept stack: its sources were ${warm.configurationHash}, they are ${images.configurationHash}; run \`npm run up\` again`,
      );
      return null;
    }
    const stack = new ProductionStack({ ...warm.handle, sources: this.#origin.sources });
    const repaired = await this.#repairKept(stack);
    if (repaired === null) return null;
    const missing = await missingServices(stack.control);
    if (missing.length > 0) {
      this.#phase(
        "stack",
        `not reusing the kept stack: containers of ${missing.join(", ")} are gone; run \`npm run up\` again`,
      );
      return null;
    }
    this.#phase("stack", `reusing ${warm.handle.projectName}; ${repaired.join(", ") || "whole"}`);
    return stack;
  }

  async #repairKept(stack: ProductionStack): Promise<string[] | null> {
    try {
      return await repair(stack);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      this.#phase("stack", `not reusing the kept stack: ${what}`);
      return null;
    }
  }

  async #startFresh(images: PreparedImages): Promise<ProductionStack> {
    const keep = this.#plan.keep === true;
    const stack = await startProductionStack({
      runId: this.#run.id,
      origin: this.#origin,
      imageEnvironment: images.environment,
      ports: this.#plan.ports,
      deadlineMs: startDeadlineMs,
      keep,
      reaper: !keep && (await canHaveReaper(images.source)),
      onProgress: (line) => this.#phase("stack", line),
      signal: this.#cancellation.signal,
    });
    if (keep) noteWarmStack(stack, images);
    return stack;
  }

  async #runClaims(): Promise<void> {
    const resultsDirectory = join(this.#run.directory, "allure-results");
    await using runner = await SuiteRunner.open(resultsDirectory, this.#cancellation);
    const { claims, repeat = 1, lastDurations = new Map<string, number>() } = this.#plan;
    const impossible = impossibleClaims(this.#images?.images ?? []);
    for (const [claim, service] of impossible) {
      if (claims.includes(claim)) this.#phase("claims", `${claim} is not measured: no ${service}`);
    }
    const possible = claims.filter((claim) => !impossible.has(claim));
    const all = Array.from({ length: repeat }, () => possible).flat();
    for (const [index, claim] of all.entries()) {
      this.#cancellation.signal.throwIfAborted();
      this.#where = placeOf(all, index, lastDurations);
      const outcome = await this.#measure(runner, claim);
      const isLast = index === all.length - 1;
      if (!isLast && (await this.#isUnfit(outcome))) await this.#recover(claim);
    }
  }

  #measure(runner: SuiteRunner, claim: string): Promise<ClaimOutcome> {
    return measureWhileUnknown(
      () => this.#runClaim(runner, claim),
      repetitionsWhileUnknownMax,
      () => this.#phase("repeat", `${claim} was inconclusive, measuring again`),
    );
  }

  async #runClaim(runner: SuiteRunner, claim: string): Promise<ClaimOutcome> {
    const stack = this.#stack;
    if (stack === null) throw new Error(`claim ${claim} needs a stack: saw none`);
    const startedMs = performance.now();
    appendEvent(this.#run, { type: "claim-started", claim });
    progress(this.#where);
    const context = {
      runDirectory: this.#run.directory,
      stack: stack.handle,
      seed: this.#plan.seed,
    };
    const outcome = await runner.run(claim, context);
    this.#cancellation.signal.throwIfAborted();
    const durationMs = performance.now() - startedMs;
    appendEvent(this.#run, { type: "claim-ended", claim, durationMs, ...outcome });
    saveVerdict(this.#run);
    progress(`claim ${claim}: ${outcome.state} after ${(durationMs / 1_000).toFixed(1)} s`);
    if (outcome.error !== null) progress(outcome.error);
    return outcome;
  }

  /** Whether a claim may have left a stack that would fail the next one for its own reasons. */
  async #isUnfit({ state }: ClaimOutcome): Promise<boolean> {
    if (state === "broken") return true;
    return state === "failed" && this.#stack !== null && !(await isWhole(this.#stack.control));
  }

  /** Nobody knows what state the stack is in: the next claim gets a fresh one. */
  async #recover(claim: string): Promise<void> {
    await docker(["version", "--format", "{{.Server.Version}}"], { timeoutMs: 10_000 });
    if (this.#isWarm || this.#images === null) return;
    this.#phase("stack", `starting a fresh one, because ${claim} left it broken`);
    await removeRun(this.#run.id);
    this.#stack = await this.#startFresh(this.#images);
  }

  /** A stack that was asked to stay does so, repaired, unless the run was cancelled. */
  async #leaveUp(): Promise<boolean> {
    const stack = this.#stack;
    if (this.#plan.keep !== true || stack === null || this.#cancellation.signal.aborted) {
      return false;
    }
    const repaired = await repair(stack);
    const { projectName } = stack.handle;
    this.#phase("clean-up", ["nothing removed, because of --keep", ...repaired].join(", "));
    appendEvent(this.#run, { type: "kept", stack: projectName });
    return true;
  }

  async #tearDown(): Promise<void> {
    try {
      if (this.#isWarm) {
        const repaired = this.#stack === null ? [] : await repair(this.#stack);
        if (repaired.length > 0) this.#phase("clean-up", repaired.join(", "));
        return;
      }
      if (this.#images === null) return;
      if (await this.#leaveUp()) return;
      await removeRun(this.#run.id);
      if (this.#plan.keep === true) forgetWarmStack();
      if (this.#origin.throwAway) await removeComponentImages(this.#images.configurationHash);
      const left = await listResources(this.#run.id);
      appendEvent(this.#run, {
        type: "census",
        leftovers: left.map(({ kind, name }) => `${kind} ${name}`),
      });
    } catch (error) {
      this.#writeDown(
        new Error(
          `the run could not be cleaned up: ${error instanceof Error ? error.message : String(error)}; when the engine is back: npm run clean`,
        ),
      );
    }
  }
}
