/**
 * The Hyper-Mission API server: reads its configuration, connects its parts, listens, and stops in
 * order.
 *
 * Usage:
 *
 *     DATABASE_HOST=postgres DATABASE_PASSWORD_FILE=/run/secrets/postgres_app_password \
 *     REDIS_HOST=redis REDIS_PASSWORD_FILE=/run/secrets/redis_password node src/main.ts
 *
 * Runs TypeScript directly on Node 24. Listens on PORT (3000), plain HTTP, for the gateway only. It
 * starts without Postgres and without Redis: `/readyz` says when Postgres is there. SIGTERM ends it
 * within 10 s.
 */
import { createServer } from "node:http";
import { CacheLease } from "./cache/cache-lease.ts";
import { createLeaseStore } from "./cache/lease-store.ts";
import { MissionCache } from "./cache/mission-cache.ts";
import { NodeRedisLink } from "./cache/redis-link.ts";
import { systemClock as clock } from "./clock.ts";
import { readConfig, type Config } from "./config.ts";
import { Database } from "./database/database.ts";
import { createPool } from "./database/pool.ts";
import { createApplication } from "./http/application.ts";
import { AnswersInProgress } from "./http/request-context.ts";
import { keepKeysFresh } from "./idempotency/key-retention.ts";
import { GracefulStop } from "./lifecycle/graceful-stop.ts";
import { startWatchdog } from "./lifecycle/watchdog.ts";
import { limits } from "./limits.ts";
import { createLogger, type Logger } from "./logger.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { EventRepository } from "./missions/event-repository.ts";
import { MissionRepository } from "./missions/mission-repository.ts";
import { MissionService } from "./missions/mission-service.ts";

function openDatabase(config: Config, logger: Logger, metrics: Metrics): Database {
  return new Database({
    pool: createPool(config.database, logger),
    poolSize: config.database.poolSize,
    clock,
    metrics,
    onReachabilityChange: (reachable) => {
      logger.warn({ reachable }, "the reachability of Postgres changed");
    },
  });
}

function openCache(config: Config, logger: Logger, metrics: Metrics, database: Database) {
  metrics.breakerState.set({ name: "redis" }, 0);
  const redis = new NodeRedisLink({
    config: config.redis,
    clock,
    logger,
    onBreakerChange: (level) => metrics.breakerState.set({ name: "redis" }, level),
  });
  const lease = new CacheLease({
    store: createLeaseStore(database),
    clock,
    redisAnswers: () =>
      redis.send(["PING"]).then(
        () => true,
        () => false,
      ),
    onView: (open) => metrics.cacheLeaseOpen.set(open ? 1 : 0),
    onTurn: (becomesOpen) => {
      metrics.cacheLeaseTurns.inc({ becomes: becomesOpen ? "open" : "closed" });
      logger.warn({ becomesOpen }, "this replica ended a generation of the cache");
    },
  });
  const cache = new MissionCache({
    redis,
    lease,
    clock,
    onRead: (result) => metrics.cacheRequests.inc({ result }),
  });
  return { redis, cache };
}

function start(config: Config): void {
  const logger = createLogger({
    level: config.logLevel,
    replicaId: config.replicaId,
    buildId: config.buildId,
  });
  const metrics = createMetrics(config);
  const database = openDatabase(config, logger, metrics);
  const { redis, cache } = openCache(config, logger, metrics, database);
  const missions = new MissionRepository(database);
  const answers = new AnswersInProgress();
  const application = createApplication({
    clock,
    logger,
    metrics,
    replicaId: config.replicaId,
    answers,
    missions,
    missionService: new MissionService(missions, cache),
    events: new EventRepository(database),
    pingDatabase: () => database.ping(),
    isRedisConnected: () => redis.memoryId !== undefined,
    beforeScrape: () => database.recordPool(),
  });
  const server = createServer(
    {
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
    },
    application,
  );

  const background = new AbortController();
  const stopWatchdog = startWatchdog();
  const stop = new GracefulStop({
    server,
    answers,
    clock,
    logger,
    drainDelayMs: config.drainDelayMs,
    closeResources: async () => {
      background.abort();
      cache.close();
      redis.close();
      await Promise.all([database.close(), stopWatchdog()]);
    },
    exit: (code) => process.exit(code),
  });
  process.on("SIGTERM", (signal) => stop.onSignal(signal));
  process.on("SIGINT", (signal) => stop.onSignal(signal));
  process.on("uncaughtException", (error) => stop.onFatalError(error));
  process.on("unhandledRejection", (reason) => stop.onFatalError(reason));
  server.on("error", (error) => stop.onFatalError(error));
  void keepKeysFresh({ database, clock, logger, signal: background.signal });
  server.listen(config.port, () => {
    logger.info({ port: config.port, nodeVersion: process.version }, "listening");
  });
}

try {
  start(readConfig(process.env));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${JSON.stringify({ level: "fatal", msg: message })}\n`);
  process.exitCode = 1;
}
