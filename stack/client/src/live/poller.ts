import { refreshDelayMs } from "./refresh-delay.ts";

export type PollerOptions = {
  /** Reads anew; resolves to whether that succeeded. Must not reject, except when aborted. */
  readonly refresh: (signal: AbortSignal) => Promise<boolean>;
  readonly isHidden: () => boolean;
  readonly random: () => number;
};

/**
 * Refreshes again and again, one at a time, while the page is visible and nobody paused it.
 *
 * The owner calls `stop` at the end; a stopped poller does nothing any more.
 */
export class Poller {
  readonly #options: PollerOptions;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: AbortController | null = null;
  #failuresInRow = 0;
  #isPaused = false;
  #isStopped = false;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  /** Reads now, in place of a refresh that is under way or planned, also while paused. */
  refreshNow(): void {
    if (this.#isStopped) return;
    this.#cancel();
    void this.#run();
  }

  setPaused(isPaused: boolean): void {
    if (this.#isPaused === isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#cancel();
    else this.refreshNow();
  }

  /** To be called whenever the page was hidden or shown. */
  visibilityChanged(): void {
    if (this.#isPaused) return;
    if (this.#options.isHidden()) this.#cancel();
    else this.refreshNow();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  #cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#running?.abort();
    this.#running = null;
  }

  async #run(): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    const hasSucceeded = await this.#attempt(running.signal);
    if (running.signal.aborted) return;
    this.#running = null;
    this.#failuresInRow = hasSucceeded ? 0 : this.#failuresInRow + 1;
    this.#plan();
  }

  async #attempt(signal: AbortSignal): Promise<boolean> {
    try {
      return await this.#options.refresh(signal);
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
  }

  #plan(): void {
    if (this.#isPaused || this.#options.isHidden()) return;
    const delayMs = refreshDelayMs(this.#failuresInRow, this.#options.random());
    this.#timer = setTimeout(() => this.refreshNow(), delayMs);
  }
}
