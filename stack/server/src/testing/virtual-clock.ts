import type { Clock } from "../clock.ts";

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/**
 * A clock for tests: time passes only when the test says so, and as fast as the work between
 * allows.
 *
 * @param order breaks ties between timers of the same moment; the test's source of randomness
 */
export class VirtualClock implements Clock {
  readonly #order: () => number;
  readonly #timers = new Set<Timer>();
  #nowMs = 0;

  constructor(order: () => number = sequence()) {
    this.#order = order;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(durationMs: number, callback: () => void): () => void {
    const timer = { atMs: this.#nowMs + Math.max(0, durationMs), order: this.#order(), callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  sleep(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(durationMs, resolve);
    });
  }

  /** Lets time pass, running every timer on the way and what follows from it. */
  async advance(durationMs: number): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    await settle();
    for (let next = this.#next(endMs); next !== undefined; next = this.#next(endMs)) {
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.callback();
      await settle();
    }
    this.#nowMs = endMs;
  }

  #next(endMs: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      const earlier =
        first === undefined ||
        timer.atMs < first.atMs ||
        (timer.atMs === first.atMs && timer.order < first.order);
      if (timer.atMs <= endMs && earlier) {
        first = timer;
      }
    }
    return first;
  }
}

/** Lets every promise that is already decided run its course. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function sequence(): () => number {
  let count = 0;
  return () => {
    count += 1;
    return count;
  };
}

/**
 * A reproducible source of numbers in [0, 1).
 *
 * A linear congruential generator with the constants of Numerical Recipes (2nd edition, §7.1); only
 * the upper bits are used, because the lower ones repeat soon.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}
