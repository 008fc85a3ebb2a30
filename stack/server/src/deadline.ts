import type { Clock } from "./clock.ts";

/** A promise was not settled before the deadline that bounded the wait for it. */
export class DeadlineExceededError extends Error {
  override readonly name = "DeadlineExceededError";
}

/**
 * A moment by which something must have ended; passed down so that nested waits share one budget.
 */
export class Deadline {
  readonly #clock: Clock;
  readonly #endsAtMs: number;

  constructor(clock: Clock, budgetMs: number) {
    this.#clock = clock;
    this.#endsAtMs = clock.nowMs() + budgetMs;
  }

  /** Milliseconds left, never negative. */
  remainingMs(): number {
    return Math.max(0, this.#endsAtMs - this.#clock.nowMs());
  }

  /**
   * Settles as `promise` does, or rejects with DeadlineExceededError at the deadline.
   *
   * The promise itself goes on; a later rejection of it is swallowed.
   */
  async bound<T>(promise: Promise<T>, attempted: string): Promise<T> {
    promise.catch(() => undefined);
    const remainingMs = this.remainingMs();
    let cancel: () => void = () => undefined;
    const expiry = new Promise<never>((_resolve, reject) => {
      cancel = this.#clock.after(remainingMs, () => {
        reject(
          new DeadlineExceededError(
            `${attempted}: no result within ${Math.round(remainingMs)} ms, allowed: the rest of ` +
              "the request's budget; repeat the request",
          ),
        );
      });
    });
    try {
      return await Promise.race([promise, expiry]);
    } finally {
      cancel();
    }
  }
}
