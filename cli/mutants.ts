/** Starts stacks with known defects, one by one, and requires that the suite fails on each of them. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { formatDuration, formatNumberOf } from "../reports/format.ts";
import { killMatrixLines, killMatrixPage, scoreInWords } from "../reports/kill-matrix.ts";
import { countMutants, isPerfect, judgeMutant, mutantScoreFile } from "../reports/mutant-score.ts";
import type { MutantResult, MutantScore } from "../reports/mutant-score.ts";
import { appendEvent, createRun, decideRun } from "../reports/run-store.ts";
import type { Run } from "../reports/run-store.ts";
import { MutatedSources } from "../stack/mutated-sources.ts";
import type { Mutant } from "../stack/mutants/mutant.ts";
import type { HostPorts } from "../stack/production-stack.ts";
import { print, progress, whileAtWork } from "./console.ts";
import { canShareStack } from "./mutant-choice.ts";
import { keepTrackRecord } from "./track-record.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { preflight } from "./preflight.ts";
import { runsDirectory } from "./report.ts";
import { newRunId } from "./run-id.ts";
import { Session } from "./session.ts";
import { SharedStack } from "./shared-stack.ts";
import { Cancellation, CancelledError, exitCodeOf } from "./signals.ts";

export interface MutantPlan {
  readonly mutants: readonly Mutant[];
  readonly command: string;
  readonly ports: HostPorts;
  readonly seed: number;
  /** How many are tried at once, each on a stack of its own. */
  readonly lanes: number;
  /** Whether the track record is written, which is a part of the checkout. */
  readonly keepsTrack: boolean;
}

const killMatrixFile = "kill-matrix.html";

class Campaign {
  readonly #plan: MutantPlan;
  readonly id = newRunId();
  readonly #directory = join(runsDirectory, this.id);
  readonly #startedAt = new Date().toISOString();
  readonly #startedMs = performance.now();
  readonly #results = new Map<string, MutantResult>();
  readonly #running = new Set<Run>();

  constructor(plan: MutantPlan) {
    this.#plan = plan;
    mkdirSync(this.#directory, { recursive: true });
  }

  get where(): string {
    const done = `${this.#results.size} of ${formatNumberOf(this.#plan.mutants.length, "mutant")}`;
    return `${done} tried, record in ${this.#directory}`;
  }

  /** What is known, in the order of the plan. */
  get results(): readonly MutantResult[] {
    return this.#plan.mutants.flatMap(({ id }) => this.#results.get(id) ?? []);
  }

  /** Written down at once, so that a killed campaign leaves behind what it knew. */
  save(finished: boolean): MutantScore {
    const score: MutantScore = {
      schemaVersion: 1,
      campaign: this.id,
      command: this.#plan.command,
      startedAt: this.#startedAt,
      durationMs: performance.now() - this.#startedMs,
      finished,
      planned: this.#plan.mutants.map(({ id }) => id),
      counts: countMutants(this.results),
      results: this.results,
    };
    const text = `${JSON.stringify(score, null, 2)}\n`;
    writeFileSync(join(this.#directory, mutantScoreFile), text);
    writeFileSync(join(this.#directory, killMatrixFile), killMatrixPage(score));
    return score;
  }

  /** What was seen goes to the track record; a checkout that cannot be written to ends no campaign. */
  remember(): void {
    if (!this.#plan.keepsTrack) return;
    try {
      keepTrackRecord([{ startedAt: this.#startedAt, results: this.results }]);
    } catch (error) {
      progress(`the track record stays as it was: ${String(error)}`);
    }
  }

  cancelled(signal: string): void {
    for (const run of this.#running) appendEvent(run, { type: "cancelled", signal });
  }

  /** @param shared the stack whose gateway the mutant gets; `null` for a stack of its own */
  async measure(
    mutant: Mutant,
    shared: SharedStack | null,
    cancellation: Cancellation,
  ): Promise<MutantResult> {
    const startedMs = performance.now();
    const run = createRun(this.#directory, newRunId());
    this.#running.add(run);
    progress(`mutant ${mutant.id}: ${mutant.title}`);
    {
      using sources = MutatedSources.create(`${run.id}-mutant`, mutant.overlay);
      appendEvent(run, { type: "phase", phase: "mutant", detail: `${mutant.id}: ${mutant.title}` });
      const plan = {
        claims: [mutant.claim],
        profile: "nightly",
        command: this.#plan.command,
        ports: this.#plan.ports,
        seed: this.#plan.seed,
        warm: null,
        origin: sources.origin,
        ...(shared === null ? {} : { lend: () => shared.become(sources.origin) }),
      } as const;
      await new Session(plan, run, cancellation).run();
    }
    this.#running.delete(run);
    const { id, title, area, claim, objective } = mutant;
    const judged = judgeMutant(mutant, decideRun(run));
    const durationMs = performance.now() - startedMs;
    const result = { id, title, area, claim, objective, ...judged, durationMs, run: run.id };
    if (!cancellation.signal.aborted) this.#results.set(id, result);
    return result;
  }
}

/** The line of one mutant; what was seen is cut to what a reader takes in at a glance. */
function resultLine(
  { id, state, objective, durationMs, seen }: MutantResult,
  width: number,
): string {
  const [first = ""] = seen.split("\n");
  const short = first.length > 200 ? `${first.slice(0, 200)}…` : first;
  return `${state.padEnd(10)}  ${id.padEnd(width)}  ${objective}  ${formatDuration(durationMs)}  ${short}`;
}

/** Takes one after the other, until none is left. */
async function runEach(
  waiting: Mutant[],
  shared: SharedStack | null,
  cancellation: Cancellation,
  campaign: Campaign,
): Promise<void> {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    cancellation.signal.throwIfAborted();
    const result = await campaign.measure(mutant, shared, cancellation);
    cancellation.signal.throwIfAborted();
    campaign.save(false);
    progress(resultLine(result, result.id.length));
  }
}

async function runOnShared(
  sharing: Mutant[],
  { ports }: MutantPlan,
  cancellation: Cancellation,
  campaign: Campaign,
): Promise<void> {
  if (sharing.length === 0) return;
  const runId = `${campaign.id}-shared`;
  progress(`starting the stack that ${formatNumberOf(sharing.length, "mutant")} share`);
  await using shared = await SharedStack.start({ runId, ports, signal: cancellation.signal });
  await runEach(sharing, shared, cancellation, campaign);
}

/** All lanes to their end; the first error of any of them, after which none begins another mutant. */
async function runInLanes(
  plan: MutantPlan,
  cancellation: Cancellation,
  campaign: Campaign,
): Promise<void> {
  const waiting = plan.mutants.filter((mutant) => !canShareStack(mutant));
  const lane = async (sharing: Mutant[]): Promise<void> => {
    try {
      await runOnShared(sharing, plan, cancellation, campaign);
      await runEach(waiting, null, cancellation, campaign);
    } catch (error) {
      waiting.length = 0;
      throw error;
    }
  };
  const ended = await Promise.allSettled(
    Array.from({ length: plan.lanes }, (_, index) =>
      lane(index === 0 ? plan.mutants.filter(canShareStack) : []),
    ),
  );
  for (const end of ended) if (end.status === "rejected") throw end.reason;
}

/** A claim that stayed unknown beside another mutant has measured nothing yet; any other end stands. */
async function runDoubtfulAlone(
  { mutants, lanes }: MutantPlan,
  cancellation: Cancellation,
  campaign: Campaign,
): Promise<void> {
  if (lanes === 1) return;
  const doubtful = campaign.results.filter(({ claimState }) => claimState === "unknown");
  const ids = doubtful.map(({ id }) => id);
  if (ids.length > 0) progress(`trying again, alone: ${ids.join(", ")}`);
  const again = mutants.filter(({ id }) => ids.includes(id));
  await runEach(again, null, cancellation, campaign);
}

async function runAll(plan: MutantPlan, cancellation: Cancellation, campaign: Campaign) {
  const width = Math.max(...plan.mutants.map(({ id }) => id.length));
  await runInLanes(plan, cancellation, campaign);
  await runDoubtfulAlone(plan, cancellation, campaign);
  const score = campaign.save(true);
  for (const result of score.results) print(resultLine(result, width));
  for (const line of ["", ...killMatrixLines(score), "", scoreInWords(score)]) print(line);
  return isPerfect(score) ? exitCodes.go : exitCodes.noGo;
}

/** @throws CommandError for ports that two stacks would have to share */
function requireFreePorts({ lanes, ports }: MutantPlan): void {
  const fixed = Object.entries(ports).filter(([, port]) => port !== 0);
  if (lanes === 1 || fixed.length === 0) return;
  throw new CommandError(
    `start ${lanes} stacks beside each other: saw ${fixed.map(([name, port]) => `${name}=${port}`).join(", ")}, allowed are ports of their own; leave the variables away`,
    exitCodes.usage,
  );
}

/**
 * Tries each mutant on a stack of its own, or where it differs in the gateway alone on one that it
 * shares, and leaves nothing of any of them behind but the record. Beside each other they take
 * little more than half the time, because most of it is waiting.
 *
 * @returns 0 only when every one was caught, by its own claim and for its own reason
 * @throws CommandError before anything is started when the machine or the settings do not allow it
 */
export async function tryMutants(plan: MutantPlan): Promise<number> {
  requireFreePorts(plan);
  mkdirSync(runsDirectory, { recursive: true });
  await preflight(runsDirectory, plan.ports);
  const campaign = new Campaign(plan);
  using cancellation = new Cancellation((signal) => {
    campaign.cancelled(signal);
    progress(`${signal}: saving what is known, removing the stack; once more to leave at once`);
  });
  using _watch = await whileAtWork(() => campaign.where);
  try {
    return await runAll(plan, cancellation, campaign);
  } catch (error) {
    campaign.save(false);
    if (error instanceof CancelledError) return exitCodeOf(error.signal);
    throw error;
  } finally {
    campaign.remember();
  }
}
