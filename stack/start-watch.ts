/**
 * Watches a stack while it starts, so that a failed start can say which service, why, and what it
 * last printed: by the time a start fails, what started it has often removed the evidence already.
 */

import type { ContainerControl, ContainerState } from "./container-control.ts";

/** The stack did not start; names the service, its last health output and its last log lines. */
export class StackStartError extends Error {
  readonly code = "STACK_START";
}

interface Suspect {
  readonly state: ContainerState;
  readonly logTail: string;
}

const pollEveryMs = 500;
const logLines = 20;

function isSettled(state: ContainerState): boolean {
  if (!state.running) return state.exitCode === 0;
  return state.health === "healthy" || state.health === "none";
}

/** What Compose said without the progress of every container, which hides the reason. */
export function reasonOf(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const reasons = lines.filter((line) => !/^(?:$|(?:Container|Network|Volume) )/.test(line));
  return reasons.slice(-5).join("\n") || "no reason was given";
}

function describe({ state, logTail }: Suspect): string {
  const condition = state.running
    ? `${state.health}, last health output: ${state.lastHealthOutput || "none yet"}`
    : `exited with code ${state.exitCode}${state.oomKilled ? " (out of memory)" : ""}`;
  return `service ${state.name} was ${condition}; last ${logLines} log lines:\n${logTail || "  (none)"}`;
}

/** Follows the containers of one run until disposed; keeps what looked wrong last. */
export class StartWatch {
  readonly #control: ContainerControl;
  readonly #onProgress: (line: string) => void;
  readonly #suspects = new Map<string, Suspect>();
  readonly #stopped = new AbortController();
  #lastProgress = "";
  readonly #loop: Promise<void>;

  constructor(control: ContainerControl, onProgress: (line: string) => void) {
    this.#control = control;
    this.#onProgress = onProgress;
    this.#loop = this.#watch();
  }

  async #look(): Promise<void> {
    const states = await this.#control.list();
    const settled = states.filter(isSettled);
    const progress = `${settled.length}/${states.length} containers ready`;
    if (progress !== this.#lastProgress) this.#onProgress(progress);
    this.#lastProgress = progress;
    for (const state of states) {
      if (isSettled(state)) this.#suspects.delete(state.name);
      else {
        const logTail = await this.#control.logs(state.id, { tail: logLines });
        this.#suspects.set(state.name, { state, logTail: logTail.trimEnd() });
      }
    }
  }

  async #watch(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      // A container that vanishes between listing and inspecting is normal here; the next look
      // sees the truth, and the start itself reports the failure.
      await this.#look().catch(() => undefined);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollEveryMs);
        this.#stopped.signal.addEventListener("abort", () => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** The error that explains a failed start best. */
  explain(cause: unknown): StackStartError {
    const suspects = [...this.#suspects.values()];
    const worst =
      suspects.find(({ state }) => !state.running) ??
      suspects.find(({ state }) => state.health === "unhealthy") ??
      suspects[0];
    const said = reasonOf(cause instanceof Error ? cause.message : String(cause));
    const detail = worst === undefined ? "no container looked wrong" : describe(worst);
    return new StackStartError(`the stack did not start: ${said}\n${detail}`, { cause });
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#loop;
  }
}
