/**
 * Runs one statement against Postgres within the budget of its request, and repeats it where that
 * is safe.
 *
 * Safe to repeat are reads and writes whose effect is bound to an idempotency key (`repeatable`).
 * They are repeated on transient failures only (see failure.ts) until the deadline of the request.
 * What the caller learns in the end:
 *
 *     a result                  the statement took effect, once
 *     DatabaseUnavailableError  it took no effect, and is worth repeating later: 503
 *     OutcomeUnknownError       no answer came, it may or may not have taken effect: 504
 *     the error of Postgres     the statement was refused, repeating it would not help
 *
 * Usage:
 *
 *     const rows = await database.run("missions.read", { text: "SELECT …", values: [id] }, {
 *       deadline, repeatable: true, writes: false,
 *     });
 */
import type { Clock } from "../clock.ts";
import type { Deadline } from "../deadline.ts";
import { limits } from "../limits.ts";
import type { Metrics } from "../metrics.ts";
import { isExhausted, readFailure, sqlStateOf, type Failure, type Stage } from "./failure.ts";
import { Reachability } from "./reachability.ts";
import { Turnstile, TurnTimeoutError } from "./turnstile.ts";

/** An attempt that has less time than this is not started. */
const SHORTEST_ATTEMPT_MS = 20;

export class DatabaseUnavailableError extends Error {
  override readonly name = "DatabaseUnavailableError";
}

export class OutcomeUnknownError extends Error {
  override readonly name = "OutcomeUnknownError";
}

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface RunOptions {
  readonly deadline: Deadline;
  /** A read, or a write bound to an idempotency key: a second execution changes nothing. */
  readonly repeatable: boolean;
  readonly writes: boolean;
  /** Called each time an attempt may have taken effect although no answer came. */
  readonly onUnknownEffect?: () => void;
}

export type Row = Readonly<Record<string, unknown>>;

/** What is used of a connection of `pg`. */
export interface Connection {
  query(query: {
    readonly text: string;
    readonly values: unknown[];
    readonly query_timeout: number;
  }): Promise<{ readonly rows: readonly Row[] }>;
  on(event: "error", listener: (error: Error) => void): unknown;
  removeListener(event: "error", listener: (error: Error) => void): unknown;
  release(destroy: boolean): void;
}

/** What is used of the pool of `pg`. */
export interface ConnectionPool {
  readonly totalCount: number;
  readonly idleCount: number;
  connect(): Promise<Connection>;
  end(): Promise<void>;
}

/** An error of one attempt, with the stage in which it happened. */
class AttemptError extends Error {
  override readonly name = "AttemptError";
  readonly stage: Stage;

  constructor(stage: Stage, cause: unknown) {
    super("database attempt failed", { cause });
    this.stage = stage;
  }
}

export class Database {
  readonly reachability: Reachability;
  readonly #pool: ConnectionPool;
  readonly #clock: Clock;
  readonly #metrics: Metrics;
  readonly #turnstile: Turnstile;
  readonly #random: () => number;

  constructor(options: {
    readonly pool: ConnectionPool;
    /** Connections that the pool has at most; one of them is kept for pings. */
    readonly poolSize: number;
    readonly clock: Clock;
    readonly metrics: Metrics;
    readonly onReachabilityChange: (reachable: boolean) => void;
    readonly random?: () => number;
  }) {
    this.#pool = options.pool;
    this.#clock = options.clock;
    this.#metrics = options.metrics;
    this.#turnstile = new Turnstile(options.clock, Math.max(1, options.poolSize - 1));
    this.#random = options.random ?? Math.random;
    this.reachability = new Reachability({
      clock: options.clock,
      probe: () => this.ping(),
      onChange: (reachable) => {
        options.metrics.databaseReachable.set(reachable ? 1 : 0);
        options.onReachabilityChange(reachable);
      },
    });
    options.metrics.databaseReachable.set(1);
  }

  /** Asks Postgres for nothing, once, within the connect timeout. Rejects when no answer comes. */
  async ping(): Promise<void> {
    const statement = { text: "SELECT 1", values: [] };
    await this.#attempt("ping", statement, limits.databaseConnectTimeoutMs, undefined);
  }

  /** Runs the statement; see the module for what it may reject with. */
  async run(operation: string, statement: Statement, options: RunOptions): Promise<readonly Row[]> {
    if (this.reachability.hopeless) {
      throw new DatabaseUnavailableError(
        `${operation}: Postgres has been unreachable for more than ${limits.databaseOutageMs} ` +
          "ms, allowed: a reachable one; repeat the request later",
      );
    }
    if (this.#turnstile.waitingCount >= limits.databaseWaitingRequestsMax) {
      throw new DatabaseUnavailableError(
        `${operation}: ${this.#turnstile.waitingCount} requests wait for a connection already, ` +
          "allowed: fewer; repeat the request later",
      );
    }
    if (!(await this.reachability.untilReachable(options.deadline))) {
      throw new DatabaseUnavailableError(
        `${operation}: Postgres is unreachable, allowed: a reachable one within the budget; ` +
          "repeat the request later",
      );
    }
    let unknown = false;
    for (let attempt = 1; ; attempt += 1) {
      const timeoutMs = options.deadline.remainingMs();
      try {
        return await this.#attempt(operation, statement, timeoutMs, this.#turnstile);
      } catch (error) {
        const stage = error instanceof AttemptError ? error.stage : "query";
        const cause = error instanceof AttemptError ? error.cause : error;
        const failure = readFailure(cause, stage);
        if (failure.effect === "unknown" && options.writes) {
          unknown = true;
          options.onUnknownEffect?.();
        }
        if (failure.unreachable) {
          this.reachability.failed();
        }
        const again =
          options.repeatable && failure.transient && (await this.#pause(attempt, failure, options));
        if (!again) {
          throw this.#verdict(operation, failure, unknown, cause);
        }
        this.#metrics.databaseRetries.inc({ operation, reason: failure.reason });
      }
    }
  }

  /** Publishes the state of the pool; called at each scrape. */
  recordPool(): void {
    const idle = this.#pool.idleCount;
    this.#metrics.databaseConnections.set({ state: "idle" }, idle);
    this.#metrics.databaseConnections.set({ state: "busy" }, this.#pool.totalCount - idle);
    this.#metrics.databaseConnections.set({ state: "waiting" }, this.#turnstile.waitingCount);
  }

  /** Ends the prober and every connection. */
  async close(): Promise<void> {
    this.reachability.stop();
    await this.#pool.end();
  }

  /** Waits for the right moment of the next attempt; false when there will be none. */
  async #pause(attempt: number, failure: Failure, options: RunOptions): Promise<boolean> {
    const ceilingMs = Math.min(
      limits.databaseRetryLastPauseMs,
      limits.databaseRetryFirstPauseMs * 2 ** (attempt - 1),
    );
    if (failure.unreachable && !(await this.reachability.untilReachable(options.deadline))) {
      return false;
    }
    const pauseMs = this.#random() * ceilingMs;
    if (options.deadline.remainingMs() < pauseMs + SHORTEST_ATTEMPT_MS) {
      return false;
    }
    await this.#clock.sleep(pauseMs);
    return true;
  }

  #verdict(operation: string, failure: Failure, unknown: boolean, cause: unknown): unknown {
    if (unknown) {
      return new OutcomeUnknownError(
        `${operation}: no answer (${failure.reason}), allowed: one within the budget; repeat the ` +
          "request with the same idempotency key to learn the outcome",
        { cause },
      );
    }
    if (failure.unreachable || failure.transient || isExhausted(failure.reason)) {
      return new DatabaseUnavailableError(
        `${operation}: Postgres does not serve (${failure.reason}), allowed: an answer within ` +
          "the budget; repeat the request later",
        { cause },
      );
    }
    return cause;
  }

  async #attempt(
    operation: string,
    statement: Statement,
    timeoutMs: number,
    queue: Turnstile | undefined,
  ): Promise<readonly Row[]> {
    const startedAtMs = this.#clock.nowMs();
    const leftMs = (): number => timeoutMs - (this.#clock.nowMs() - startedAtMs);
    let outcome = "failed";
    let leave: () => void = () => undefined;
    try {
      leave = (await this.#takeTurn(queue, timeoutMs)) ?? leave;
      const client = await this.#connect(leftMs());
      const rows = await this.#query(client, statement, leftMs());
      outcome = "ok";
      return rows;
    } finally {
      leave();
      this.#metrics.queryDuration.observe(
        { operation, outcome },
        (this.#clock.nowMs() - startedAtMs) / 1_000,
      );
    }
  }

  async #takeTurn(
    queue: Turnstile | undefined,
    timeoutMs: number,
  ): Promise<(() => void) | undefined> {
    try {
      return await queue?.enter(timeoutMs);
    } catch (error) {
      throw new AttemptError("connect", error);
    }
  }

  /** Takes a connection; the pool itself bounds the wait by databaseConnectTimeoutMs. */
  async #connect(timeoutMs: number): Promise<Connection> {
    const connecting = this.#pool.connect();
    let expired = false;
    let cancel: () => void = () => undefined;
    const expiry = new Promise<never>((_resolve, reject) => {
      cancel = this.#clock.after(timeoutMs, () => {
        expired = true;
        reject(new TurnTimeoutError("connect to Postgres: the budget of the request has ended"));
      });
    });
    connecting.then(
      (client) => {
        if (expired) {
          client.release(false);
        }
      },
      () => undefined,
    );
    try {
      return await Promise.race([connecting, expiry]);
    } catch (error) {
      throw new AttemptError("connect", error);
    } finally {
      cancel();
    }
  }

  async #query(client: Connection, statement: Statement, leftMs: number): Promise<readonly Row[]> {
    // A connection that breaks while it is lent out reports it as an event as well; without a
    // listener that event would end the process.
    const ignore = (): void => undefined;
    client.on("error", ignore);
    let healthy = false;
    try {
      const result = await client.query({
        text: statement.text,
        values: [...statement.values],
        query_timeout: Math.max(1, Math.min(limits.databaseQueryTimeoutMs, Math.floor(leftMs))),
      });
      healthy = true;
      return result.rows;
    } catch (error) {
      // Only after an ERROR of Postgres itself is it certain that nothing more will arrive on this
      // connection; after a timeout the answer to this statement would meet the next one.
      healthy = sqlStateOf(error) !== undefined && readFailure(error, "query").effect !== "unknown";
      throw new AttemptError("query", error);
    } finally {
      client.removeListener("error", ignore);
      client.release(!healthy);
    }
  }
}
