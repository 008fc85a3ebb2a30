/**
 * Time as the rest of the server sees it: monotonic, so that a corrected wall clock moves no
 * deadline.
 */
export interface Clock {
  /** Milliseconds since an arbitrary moment; never goes back. */
  nowMs(): number;
  /** Resolves after the given time. */
  sleep(durationMs: number): Promise<void>;
  /** Calls back once after the given time, unless the returned function was called before. */
  after(durationMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  sleep: (durationMs) =>
    new Promise((resolve) => {
      setTimeout(resolve, durationMs);
    }),
  after: (durationMs, callback) => {
    const timer = setTimeout(callback, durationMs);
    return () => clearTimeout(timer);
  },
};
