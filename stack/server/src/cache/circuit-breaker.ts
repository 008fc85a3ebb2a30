/**
 * Stops asking a dependency that does not answer, and tries again with one question at a time.
 *
 * closed ──failures in a row──▶ open ──after a pause──▶ half open ──success──▶ closed
 *                                 ▲────────failure────────┘
 */
import type { Clock } from "../clock.ts";

export type BreakerState = "closed" | "open" | "half_open";

export class CircuitBreaker {
  readonly #clock: Clock;
  readonly #failuresMax: number;
  readonly #openMs: number;
  readonly #onChange: (state: BreakerState) => void;
  #state: BreakerState = "closed";
  #failures = 0;
  #openedAtMs = 0;

  constructor(options: {
    readonly clock: Clock;
    readonly failuresMax: number;
    readonly openMs: number;
    readonly onChange: (state: BreakerState) => void;
  }) {
    this.#clock = options.clock;
    this.#failuresMax = options.failuresMax;
    this.#openMs = options.openMs;
    this.#onChange = options.onChange;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** True when the caller may ask now; it must then report `succeeded` or `failed`. */
  tryEnter(): boolean {
    if (this.#state === "closed") {
      return true;
    }
    if (this.#state === "open" && this.#clock.nowMs() - this.#openedAtMs >= this.#openMs) {
      this.#become("half_open");
      return true;
    }
    return false;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#become("closed");
  }

  failed(): void {
    this.#failures += 1;
    if (this.#state === "half_open" || this.#failures >= this.#failuresMax) {
      this.#openedAtMs = this.#clock.nowMs();
      this.#become("open");
    }
  }

  #become(state: BreakerState): void {
    if (this.#state !== state) {
      this.#state = state;
      this.#onChange(state);
    }
  }
}
