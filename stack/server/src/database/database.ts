/**
 * Runs one statement against Postgres within the budget of its request, and repeats it where that is safe.
 *
 * Safe to repeat are reads and writes whose effect is bound to an idempotency key (`repeatable`). They are
 * repeated on transient failures only (see failure.ts) until the deadline of the request. What the caller
 * learns in the end:
 *
 *     a result                    the statement took effect, once
 *     DatabaseUnavailableError    it took no effect, and is worth repeating later           answer 503
 *     OutcomeUnknownError         no answer came: it may or may not have taken effect       answer 504
 *     the error of Postgres       the statement was refused, repeating it would not help
 *
 * Usage:
 *
 *     const rows = await database.run("missions.read", { text: "SELECT …", values: [id] }, {
 *       deadline, repeatable: true, writes: false,
 *     });
 */
import type { Pool, PoolClient } from "pg";
import type { Clock } from "../clock.ts";
import type { Deadline } from "../deadline.ts";
import { limits } from "../limits.ts";
import type { Metrics } from "../metrics.ts";
import { isExhausted, readFailure, sqlStateOf, type Failure, type Stage } from "./failure.ts";
import { Reachability } from "./reachability.ts";

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
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #metrics: Metrics;
  readonly #random: () => number;

  constructor(options: {
    readonly pool: Pool;
    readonly clock: Clock;
    readonly metrics: Metrics;
    readonly onReachabilityChange: (reachable: boolean) => void;
    readonly random?: () => number;
  }) {
    this.#pool = options.pool;
    this.#clock = options.clock;
    this.#metrics = options.metrics;
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
    await this.#attempt("ping", { text: "SELECT 1", values: [] }, limits.databaseConnectTimeoutMs);
  }

  /** Runs the statement; see the module for what it may reject with. */
  async run(operation: string, statement: Statement, options: RunOptions): Promise<readonly Row[]> {
    if (this.reachability.hopeless) {
      throw new DatabaseUnavailableError(
        `${operation}: Postgres has been unreachable for more than ${limits.databaseOutageMs} ms, ` +
          "allowed: a reachable one; repeat the request later",
      );
    }
    if (!(await this.reachability.untilReachable(options.deadline))) {
      throw new DatabaseUnavailableError(
        `${operation}: Postgres is unreachable, allowed: a reachable one within the budget; repeat the ` +
          "request later",
      );
    }
    let unknown = false;
    for (let attempt = 1; ; attempt += 1) {
      const timeoutMs = options.deadline.remainingMs();
      try {
        return await this.#attempt(operation, statement, timeoutMs);
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
    this.#metrics.databaseConnections.set({ state: "waiting" }, this.#pool.waitingCount);
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
        `${operation}: Postgres does not serve (${failure.reason}), allowed: an answer within the ` +
          "budget; repeat the request later",
        { cause },
      );
    }
    return cause;
  }

  async #attempt(operation: string, statement: Statement, timeoutMs: number): Promise<readonly Row[]> {
    const startedAtMs = this.#clock.nowMs();
    let outcome = "failed";
    try {
      const client = await this.#connect(timeoutMs);
      const leftMs = timeoutMs - (this.#clock.nowMs() - startedAtMs);
      const rows = await this.#query(client, statement, leftMs);
      outcome = "ok";
      return rows;
    } finally {
      this.#metrics.queryDuration.observe(
        { operation, outcome },
        (this.#clock.nowMs() - startedAtMs) / 1_000,
      );
    }
  }

  /** Takes a connection; the pool itself bounds the wait by databaseConnectTimeoutMs. */
  async #connect(timeoutMs: number): Promise<PoolClient> {
    const connecting = this.#pool.connect();
    let timer: NodeJS.Timeout | undefined;
    let expired = false;
    const expiry = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        expired = true;
        reject(new Error("timeout while waiting for a connection"));
      }, timeoutMs);
    });
    connecting.then(
      (client) => {
        if (expired) {
          client.release();
        }
      },
      () => undefined,
    );
    try {
      return await Promise.race([connecting, expiry]);
    } catch (error) {
      throw new AttemptError("connect", error);
    } finally {
      clearTimeout(timer);
    }
  }

  async #query(client: PoolClient, statement: Statement, leftMs: number): Promise<readonly Row[]> {
    // A connection that breaks while it is lent out reports it as an event as well; without a listener
    // that event would end the process.
    const ignore = (): void => undefined;
    client.on("error", ignore);
    let healthy = false;
    try {
      const query = {
        text: statement.text,
        values: [...statement.values],
        // Understood by the driver, missing in its types.
        query_timeout: Math.max(1, Math.min(limits.databaseQueryTimeoutMs, Math.floor(leftMs))),
      };
      const result = await client.query<Record<string, unknown>>(query);
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
