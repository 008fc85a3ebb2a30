/** Signals belong to the command line: the first one ends a run in order, the second at once. */

import { constants } from "node:os";
import { CommandError } from "./exit-codes.ts";

const watched = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
export type CancelSignal = (typeof watched)[number];

/** npm hands on a signal that the terminal has delivered already. */
const echoWithinMs = 300;

/** The run was cancelled from outside. */
export class CancelledError extends Error {
  readonly code = "CANCELLED";
  readonly signal: CancelSignal;

  constructor(signal: CancelSignal) {
    super(`cancelled by ${signal}`);
    this.signal = signal;
  }
}

/** Exit code by convention of the shell: 128 + number of the signal. */
export function exitCodeOf(signal: CancelSignal): number {
  return 128 + constants.signals[signal];
}

/** Listens for as long as it is not disposed; `onFirst` is called once, right away. */
export class Cancellation implements Disposable {
  readonly #controller = new AbortController();
  readonly #onFirst: (signal: CancelSignal) => void;
  #firstAtMs: number | null = null;

  constructor(onFirst: (signal: CancelSignal) => void) {
    this.#onFirst = onFirst;
    for (const name of watched) process.on(name, this.#hear);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly #hear = (name: NodeJS.Signals): void => {
    const signal = watched.find((each) => each === name) ?? "SIGTERM";
    const now = performance.now();
    if (this.#firstAtMs === null) {
      this.#firstAtMs = now;
      try {
        this.#onFirst(signal);
      } catch (error) {
        // Whatever cannot be written down, the stack has to go.
        process.stderr.write(`${signal} is not on record: ${String(error)}\n`);
      }
      this.#controller.abort(new CancelledError(signal));
    } else if (now - this.#firstAtMs > echoWithinMs) {
      process.stderr.write("left without cleaning up; clean up with: npm run clean\n");
      process.exit(exitCodeOf(signal));
    }
  };

  /** Ends a run in order for a reason that nobody sent. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** Takes signals back from a library that installed handlers of its own. */
  reclaim(): void {
    for (const name of watched) {
      for (const listener of process.listeners(name)) {
        if (listener !== this.#hear) process.removeListener(name, listener);
      }
    }
  }

  [Symbol.dispose](): void {
    for (const name of watched) process.removeListener(name, this.#hear);
  }
}

/**
 * Waits for work that starts nothing, and for no longer than until a signal.
 *
 * @throws CommandError with the exit code of the signal
 */
export async function orCancelled<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  let listen = (): void => undefined;
  const cancelled = new Promise<never>((_, reject) => {
    listen = () => reject(signal.reason as Error);
    signal.addEventListener("abort", listen, { once: true });
  });
  try {
    return await Promise.race([work, cancelled]);
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    const message = `${error.message} before anything was started`;
    throw new CommandError(message, exitCodeOf(error.signal), { cause: error });
  } finally {
    signal.removeEventListener("abort", listen);
  }
}
