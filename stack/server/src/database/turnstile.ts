/**
 * Lets a limited number of holders in, the others in the order of their arrival.
 *
 * It stands before the connection pool, which has one and the same time limit for making a
 * connection and for waiting until one is free. The first must be short, to notice a database that
 * is away; the second may take what is left of the request's budget, because whoever is turned away
 * from the queue only comes back to its end.
 */
import type { Clock } from "../clock.ts";

/** The wait for a turn took longer than allowed. */
export class TurnTimeoutError extends Error {
  override readonly name = "TurnTimeoutError";
}

export class Turnstile {
  readonly #clock: Clock;
  readonly #holdersMax: number;
  readonly #queue = new Set<() => void>();
  #holders = 0;

  constructor(clock: Clock, holdersMax: number) {
    this.#clock = clock;
    this.#holdersMax = holdersMax;
  }

  get waitingCount(): number {
    return this.#queue.size;
  }

  /**
   * Waits for a turn; the returned function ends it and must be called exactly once. Rejects with
   * TurnTimeoutError after the given time.
   */
  async enter(timeoutMs: number): Promise<() => void> {
    if (this.#holders < this.#holdersMax) {
      this.#holders += 1;
      return () => this.#leave();
    }
    return new Promise((resolve, reject) => {
      const take = (): void => {
        cancel();
        this.#queue.delete(take);
        resolve(() => this.#leave());
      };
      const cancel = this.#clock.after(timeoutMs, () => {
        this.#queue.delete(take);
        reject(
          new TurnTimeoutError(
            `wait for a connection: none free within ${Math.round(timeoutMs)} ms, allowed: one; ` +
              "repeat the request later",
          ),
        );
      });
      this.#queue.add(take);
    });
  }

  /** Hands the turn over to the next in the queue, if there is one. */
  #leave(): void {
    const [next] = this.#queue;
    if (next === undefined) {
      this.#holders -= 1;
    } else {
      next();
    }
  }
}
