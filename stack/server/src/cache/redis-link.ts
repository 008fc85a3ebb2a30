/**
 * One connection to Redis on which every command is answered or given up within a bounded time.
 *
 * Nothing is queued while Redis is away, and a command that was given up may still be executed
 * later: the users of this module must be correct in both cases. `memoryId` names the memory of the
 * Redis process behind the connection (its run id): it is part of every key, so that what a
 * restarted Redis has loaded from a disk is never read again.
 */
import { createClient } from "redis";
import type { Clock } from "../clock.ts";
import type { RedisConfig } from "../config.ts";
import { limits } from "../limits.ts";
import type { Logger } from "../logger.ts";
import { CircuitBreaker, type BreakerState } from "./circuit-breaker.ts";

const RUN_ID = /^run_id:([0-9a-f]{40})\r?$/m;
const UPTIME_S = /^uptime_in_seconds:(\d+)\r?$/m;
const BREAKER_LEVELS: Readonly<Record<BreakerState, number>> = {
  closed: 0,
  open: 1,
  half_open: 0.5,
};

/** Redis did not answer in time, or could not be asked at all. */
export class RedisUnavailableError extends Error {
  override readonly name = "RedisUnavailableError";
}

/** What the cache needs of Redis. */
export interface RedisLink {
  /** The memory behind the connection; undefined while there is none that could be asked. */
  readonly memoryId: string | undefined;
  /** False for a memory so young that marks of changes under way may be missing in it. */
  readonly memoryIsSettled: boolean;
  /** Sends one command; rejects with RedisUnavailableError within limits.redisCommandTimeoutMs. */
  send(command: readonly string[]): Promise<unknown>;
}

type Client = ReturnType<typeof createConfiguredClient>;

function createConfiguredClient(config: RedisConfig) {
  return createClient({
    password: config.password,
    disableOfflineQueue: true,
    commandsQueueMaxLength: limits.redisCommandsQueueMax,
    maintNotifications: "disabled",
    // A handshake that is never answered ends by the time limit of the socket; on a connection that
    // is in use the pings keep that limit away.
    pingInterval: limits.redisSilenceMs / 2,
    socket: {
      host: config.host,
      port: config.port,
      connectTimeout: limits.redisConnectTimeoutMs,
      socketTimeout: limits.redisSilenceMs,
      reconnectStrategy: (retries) =>
        Math.min(limits.redisReconnectPauseMaxMs, 50 * 2 ** Math.min(retries, 5)) *
        (0.5 + Math.random() / 2),
    },
  });
}

export class NodeRedisLink implements RedisLink {
  readonly #config: RedisConfig;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #breaker: CircuitBreaker;
  #client: Client;
  #memoryId: string | undefined;
  #settledAtMs = Number.POSITIVE_INFINITY;
  #lastAnswerAtMs: number;
  #closed = false;

  constructor(options: {
    readonly config: RedisConfig;
    readonly clock: Clock;
    readonly logger: Logger;
    readonly onBreakerChange: (level: number) => void;
  }) {
    this.#config = options.config;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#lastAnswerAtMs = options.clock.nowMs();
    this.#breaker = new CircuitBreaker({
      clock: options.clock,
      failuresMax: limits.redisBreakerFailures,
      openMs: limits.redisBreakerOpenMs,
      onChange: (state) => {
        options.onBreakerChange(BREAKER_LEVELS[state]);
        if (state !== "half_open") {
          options.logger.warn({ state }, "the circuit breaker of Redis changed");
        }
      },
    });
    this.#client = this.#open();
  }

  get memoryId(): string | undefined {
    return this.#client.isReady ? this.#memoryId : undefined;
  }

  get memoryIsSettled(): boolean {
    return this.#clock.nowMs() >= this.#settledAtMs;
  }

  async send(command: readonly string[]): Promise<unknown> {
    if (this.memoryId === undefined) {
      throw new RedisUnavailableError(
        "ask Redis: not connected, allowed: a connection; go without",
      );
    }
    if (!this.#breaker.tryEnter()) {
      throw new RedisUnavailableError("ask Redis: breaker open, allowed: closed; go without");
    }
    const client = this.#client;
    try {
      const reply = await this.#bound(client.sendCommand([...command]));
      this.#breaker.succeeded();
      this.#lastAnswerAtMs = this.#clock.nowMs();
      return reply;
    } catch (error) {
      this.#breaker.failed();
      this.#replaceIfSilent(client);
      throw new RedisUnavailableError("ask Redis: no answer, allowed: one in time; go without", {
        cause: error,
      });
    }
  }

  close(): void {
    this.#closed = true;
    this.#memoryId = undefined;
    this.#destroy(this.#client);
  }

  #open(): Client {
    const client = createConfiguredClient(this.#config);
    client.on("error", (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#logger.debug({ reason }, "the connection to Redis failed");
    });
    client.on("ready", () => {
      this.#memoryId = undefined;
      void this.#learnMemoryId(client);
    });
    client.connect().catch(() => undefined);
    return client;
  }

  async #learnMemoryId(client: Client): Promise<void> {
    try {
      const info = String(await this.#bound(client.sendCommand(["INFO", "server"])));
      const runId = RUN_ID.exec(info)?.[1];
      const uptimeS = Number(UPTIME_S.exec(info)?.[1] ?? "0");
      if (client === this.#client && client.isReady && !this.#closed && runId !== undefined) {
        this.#lastAnswerAtMs = this.#clock.nowMs();
        this.#settledAtMs = this.#lastAnswerAtMs + limits.cacheBlockMs - uptimeS * 1_000;
        this.#memoryId = runId;
        this.#breaker.succeeded();
        this.#logger.info("connected to Redis");
      }
    } catch {
      // Without its name the memory is not used. A new connection asks again.
      if (client === this.#client && !this.#closed) {
        this.#replace(client);
      }
    }
  }

  /**
   * A path that swallows packets keeps a connection open for minutes; a new one finds out sooner.
   */
  #replaceIfSilent(client: Client): void {
    const silentMs = this.#clock.nowMs() - this.#lastAnswerAtMs;
    if (client === this.#client && !this.#closed && silentMs >= limits.redisSilenceMs) {
      this.#replace(client);
    }
  }

  #replace(client: Client): void {
    this.#memoryId = undefined;
    this.#lastAnswerAtMs = this.#clock.nowMs();
    this.#destroy(client);
    this.#client = this.#open();
  }

  #destroy(client: Client): void {
    try {
      client.destroy();
    } catch {
      // Already closed, which is what was wanted.
    }
  }

  /**
   * Rejects after limits.redisCommandTimeoutMs.
   *
   * The expiry lets the event loop look at the socket once more, so that a busy main thread does
   * not take its own delay for one of Redis.
   */
  async #bound(reply: Promise<unknown>): Promise<unknown> {
    reply.catch(() => undefined);
    let cancel: () => void = () => undefined;
    const expiry = new Promise<never>((_resolve, reject) => {
      cancel = this.#clock.after(limits.redisCommandTimeoutMs, () => {
        setImmediate(() => reject(new Error("timeout")));
      });
    });
    try {
      return await Promise.race([reply, expiry]);
    } finally {
      cancel();
    }
  }
}
