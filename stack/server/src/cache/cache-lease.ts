/**
 * Decides, for all replicas together, whether the shared cache may be trusted.
 *
 * The aim: a read that begins after a change was acknowledged never returns what was before the
 * change, from whichever replica, also when Redis was paused, cut off from some replicas, restarted
 * or emptied. Deleting a key after a change cannot give that: the deletion may not arrive. So the
 * right to read from the cache comes from Postgres, the one thing every change needs anyway.
 *
 * Postgres holds one row: a `generation` (part of every key in Redis) and whether it is `open`.
 *
 *   Reading   A replica trusts entries of the open generation for at most `cacheLeaseMs` after the
 *             moment at which it *sent* the question that returned it, measured on its own
 *             monotonic clock, and checks this again when the reply of Redis is there. It loads
 *             from Postgres otherwise.
 *   Changing  Before its statement, a change makes the entry unusable by one of two proofs:
 *             (a) open:   Redis has confirmed its mark beside the key of this generation, and with
 *                         that the removal of the entry (see mission-cache.ts); or
 *             (b) closed: the generation is closed, and has been for longer than a lease can last.
 *             The statement itself holds the generation still until it has committed (shared lock)
 *             and does nothing if it is no longer the one that the proof is about; the change then
 *             starts over.
 *   Turning   A replica that cannot give proof (a) ends the generation: an exclusive lock waits for
 *             the changes that hold it, a new closed generation begins, and everyone's trust has
 *             ended `cacheLeaseMs` later. That wait is paid once per outage, not once per change.
 *   Reopening When no replica has missed Redis for `cacheReopenSeconds`, again as a new
 *             generation: what Redis remembers of the old ones has other keys and is never read.
 *
 * Why no stale read is left. Take a change C committed at time c in generation g. If g was closed,
 * no lease of an open generation was valid at c, and the next open generation has fresh keys, whose
 * entries are loaded after c. If g was open, the entry was gone from before the statement, and
 * while the mark is there nothing can be stored; what is stored later needs a ticket taken after
 * the mark was removed, hence a load that began after c. A change whose outcome is not known keeps
 * its mark alive and then ends the generation, which waits for the statement to end. A Redis that
 * started a moment ago has forgotten the marks: it is written to, but not read, for as long as a
 * mark lives. Should it lose them otherwise, the mark is removed together with the entry after the
 * commit and before the acknowledgement, or, if Redis does not confirm that, the generation is
 * closed first. Commands that Redis executes late, after a pause, only remove entries and marks of
 * changes that have ended, add marks that expire, or compare against tickets that are gone.
 *
 * What it rests on: one Redis process at a time behind the name, whose clock does not jump ahead by
 * `cacheBlockMs`; monotonic clocks of the replicas that run on while the others' do. What remains:
 * a replica that is killed while its statement hangs in a stalled Postgres, for longer than
 * `cacheBlockMs`, and is not repeated by anyone, can leave an entry that is old for at most
 * `cacheEntryMs`; nobody was told that this change had happened.
 *
 * Leases as a bound on distrust: Gray and Cheriton, "Leases: an efficient fault-tolerant mechanism
 * for distributed file cache consistency" (SOSP 1989).
 */
import type { Clock } from "../clock.ts";
import { Deadline } from "../deadline.ts";
import { limits } from "../limits.ts";

/** The row in Postgres. */
export interface LeaseRow {
  readonly generation: string;
  readonly open: boolean;
  /** Closed, and no replica has missed Redis for limits.cacheReopenSeconds. */
  readonly mayReopen: boolean;
}

/** The row's operations; see lease-store.ts. */
export interface LeaseStore {
  read(deadline: Deadline): Promise<LeaseRow>;
  /** Notes that this replica misses Redis now. */
  missRedis(deadline: Deadline): Promise<void>;
  /** Ends the generation, unless it has ended already; returns the row as it stands then. */
  turn(generation: string, becomesOpen: boolean, deadline: Deadline): Promise<LeaseRow>;
}

/** What this replica knows of the row, and since when. */
export interface LeaseView {
  readonly generation: string;
  readonly open: boolean;
  /** When the question was sent and when the answer was here, in the clock's milliseconds. */
  readonly askedAtMs: number;
  readonly learnedAtMs: number;
}

export class CacheLease {
  readonly #store: LeaseStore;
  readonly #clock: Clock;
  readonly #redisAnswers: () => Promise<boolean>;
  readonly #onView: (open: boolean) => void;
  readonly #onTurn: (becomesOpen: boolean) => void;
  #view: LeaseView | undefined;
  #asking: Promise<LeaseView> | undefined;
  #askedAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: {
    readonly store: LeaseStore;
    readonly clock: Clock;
    /** Asks Redis for nothing; false when it does not answer in time. */
    readonly redisAnswers: () => Promise<boolean>;
    readonly onView?: (open: boolean) => void;
    readonly onTurn?: (becomesOpen: boolean) => void;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#redisAnswers = options.redisAnswers;
    this.#onView = options.onView ?? (() => undefined);
    this.#onTurn = options.onTurn ?? (() => undefined);
  }

  /**
   * The generation whose entries may be read now, undefined when none. Renews the lease in passing.
   */
  trusted(): string | undefined {
    const view = this.#view;
    const leftMs = view === undefined ? 0 : this.#leaseLeftMs(view);
    if (leftMs < limits.cacheLeaseMs / 2) {
      this.#askSoon();
    }
    return leftMs > 0 ? view?.generation : undefined;
  }

  /** True when entries of this generation may still be read: to be asked when the entry is here. */
  stillTrusts(generation: string): boolean {
    const view = this.#view;
    return view !== undefined && view.generation === generation && this.#leaseLeftMs(view) > 0;
  }

  /**
   * What this replica knows of the row, asking only if it knows nothing. For changes: may be
   * outdated.
   */
  async known(deadline: Deadline): Promise<LeaseView> {
    return this.#view ?? (await this.ask(deadline));
  }

  /** Asks Postgres for the row. */
  async ask(deadline: Deadline): Promise<LeaseView> {
    const askedAtMs = this.#clock.nowMs();
    return this.#learn(await this.#store.read(deadline), askedAtMs);
  }

  /**
   * Proof (b): returns a closed generation that no replica can mistake for an open one any more.
   *
   * Ends the open one if there is one, and waits for the leases that were given before. Rejects
   * with what the database rejects with, and with DeadlineExceededError.
   */
  async close(deadline: Deadline): Promise<string> {
    let view = await this.known(deadline);
    while (view.open) {
      view = await this.#turnToClosed(view.generation, deadline);
    }
    const waitMs =
      view.learnedAtMs + limits.cacheLeaseMs + limits.cacheLeaseMarginMs - this.#clock.nowMs();
    if (waitMs > 0) {
      await deadline.bound(this.#clock.sleep(waitMs), "wait until no replica trusts the cache");
    }
    return view.generation;
  }

  /**
   * Closes the generation if it is still the open one: every statement that held it has ended when
   * this resolves. Never opens the next one at once, because others may trust the ended one for a
   * while.
   */
  async end(generation: string, deadline: Deadline): Promise<void> {
    const known = this.#view?.generation === generation ? this.#view : await this.ask(deadline);
    if (known.generation === generation && known.open) {
      await this.#turnToClosed(generation, deadline);
    }
  }

  async #turnToClosed(generation: string, deadline: Deadline): Promise<LeaseView> {
    const askedAtMs = this.#clock.nowMs();
    const view = this.#learn(await this.#store.turn(generation, false, deadline), askedAtMs);
    this.#onTurn(false);
    return view;
  }

  #leaseLeftMs(view: LeaseView): number {
    return view.open ? view.askedAtMs + limits.cacheLeaseMs - this.#clock.nowMs() : 0;
  }

  /**
   * Takes over what Postgres said, unless something newer is known.
   *
   * A closed generation keeps the moment at which it was first known to be closed, because the wait
   * for other replicas' leases counts from there.
   */
  #learn(row: LeaseRow, askedAtMs: number): LeaseView {
    const known = this.#view;
    if (known !== undefined && known.askedAtMs > askedAtMs) {
      return known;
    }
    const same = known !== undefined && known.generation === row.generation;
    const learnedAtMs = same ? known.learnedAtMs : this.#clock.nowMs();
    const view = { generation: row.generation, open: row.open, askedAtMs, learnedAtMs };
    this.#view = view;
    this.#onView(view.open);
    return view;
  }

  #askSoon(): void {
    const nowMs = this.#clock.nowMs();
    if (this.#asking !== undefined || nowMs - this.#askedAtMs < limits.cacheLeaseAskIntervalMs) {
      return;
    }
    this.#askedAtMs = nowMs;
    this.#asking = this.#renew();
    const forget = (): void => {
      this.#asking = undefined;
    };
    // A failure needs no handling: the lease runs out, and reads load from Postgres.
    this.#asking.then(forget, forget);
  }

  async #renew(): Promise<LeaseView> {
    const deadline = new Deadline(this.#clock, limits.cacheLeaseAskTimeoutMs);
    const askedAtMs = this.#clock.nowMs();
    const row = await this.#store.read(deadline);
    const view = this.#learn(row, askedAtMs);
    if (row.open) {
      return view;
    }
    if (!(await this.#redisAnswers())) {
      await this.#store.missRedis(deadline);
      return view;
    }
    if (!row.mayReopen) {
      return view;
    }
    const turnedAtMs = this.#clock.nowMs();
    const turned = this.#learn(await this.#store.turn(row.generation, true, deadline), turnedAtMs);
    this.#onTurn(true);
    return turned;
  }
}
