/**
 * Lets many callers share one load, without anyone receiving what was loaded before they asked.
 *
 * Plain request coalescing hands a caller the result of a load that began before the call, and with
 * it a value that a write acknowledged in between has replaced. Here a caller joins only a load
 * that has not begun: at most one load per key runs and one waits, however many callers there are.
 */
interface Flight<T> {
  readonly running: Promise<T>;
  next: Promise<T> | undefined;
}

export class FreshFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  /** Keys that are being loaded at this moment. */
  get size(): number {
    return this.#flights.size;
  }

  /** Runs `load`, or shares a run of it that begins after this call. */
  run(key: string, load: () => Promise<T>): Promise<T> {
    const flight = this.#flights.get(key);
    if (flight === undefined) {
      return this.#start(key, load);
    }
    flight.next ??= flight.running.then(
      () => this.#start(key, load),
      () => this.#start(key, load),
    );
    return flight.next;
  }

  #start(key: string, load: () => Promise<T>): Promise<T> {
    const running = load();
    const flight: Flight<T> = { running, next: undefined };
    this.#flights.set(key, flight);
    const forget = (): void => {
      if (this.#flights.get(key) === flight && flight.next === undefined) {
        this.#flights.delete(key);
      }
    };
    running.then(forget, forget);
    return running;
  }
}
