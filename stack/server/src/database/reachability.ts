/**
 * Knows whether the database answers, so that an outage is felt once and not by every request.
 *
 * The first failure to reach it starts one prober. Requests that could wait do so here, without
 * touching the database, and go on together when the prober succeeds: a thousand waiting requests
 * cost one connection attempt at a time. When the outage has lasted `limits.databaseOutageMs`, new
 * requests are refused at once; those that already wait keep their own deadline.
 */
import type { Clock } from "../clock.ts";
import type { Deadline } from "../deadline.ts";
import { limits } from "../limits.ts";

export class Reachability {
  readonly #clock: Clock;
  readonly #probe: () => Promise<void>;
  readonly #onChange: (reachable: boolean) => void;
  readonly #waiting = new Set<() => void>();
  #unreachableSinceMs: number | undefined;
  #stopped = false;

  /**
   * @param options.probe asks the database anything, once, and rejects within about a second if it
   * cannot
   * @param options.onChange is told each time the answer changes
   */
  constructor(options: {
    readonly clock: Clock;
    readonly probe: () => Promise<void>;
    readonly onChange: (reachable: boolean) => void;
  }) {
    this.#clock = options.clock;
    this.#probe = options.probe;
    this.#onChange = options.onChange;
  }

  get reachable(): boolean {
    return this.#unreachableSinceMs === undefined;
  }

  /** True when the outage has lasted so long that a new request should not wait for its end. */
  get hopeless(): boolean {
    return (
      this.#unreachableSinceMs !== undefined &&
      this.#clock.nowMs() - this.#unreachableSinceMs >= limits.databaseOutageMs
    );
  }

  /** Requests that wait for the database at this moment. */
  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** Reports that an attempt could not reach the database. */
  failed(): void {
    if (this.#unreachableSinceMs !== undefined || this.#stopped) {
      return;
    }
    this.#unreachableSinceMs = this.#clock.nowMs();
    this.#onChange(false);
    void this.#probeUntilReachable();
  }

  /**
   * Resolves true as soon as the database answers again, false at the deadline, at once when too
   * many wait already, and at a stop.
   */
  async untilReachable(deadline: Deadline): Promise<boolean> {
    if (this.#unreachableSinceMs === undefined) {
      return true;
    }
    if (this.#stopped || this.#waiting.size >= limits.databaseWaitingRequestsMax) {
      return false;
    }
    let wake: () => void = () => undefined;
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    this.#waiting.add(wake);
    await deadline.bound(woken, "wait for the database").catch(() => undefined);
    this.#waiting.delete(wake);
    return this.reachable;
  }

  /** Ends the prober and lets every waiting request go. */
  stop(): void {
    this.#stopped = true;
    this.#wakeAll();
  }

  async #probeUntilReachable(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#probe();
        this.#unreachableSinceMs = undefined;
        this.#onChange(true);
        this.#wakeAll();
        return;
      } catch {
        await this.#clock.sleep(limits.databaseProbeIntervalMs);
      }
    }
  }

  #wakeAll(): void {
    for (const wake of this.#waiting) {
      wake();
    }
  }
}
