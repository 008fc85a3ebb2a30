import pg from "pg";
import type { DatabaseConfig } from "../config.ts";
import { limits } from "../limits.ts";
import type { Logger } from "../logger.ts";

const IDLE_TIMEOUT_MS = 30_000;
/** Connections are renewed once in a while, so that no forgotten state of a session grows old. */
const LIFETIME_S = 1_800;

/** The pool of the application role. Time limits of the statements are settings of that role. */
export function createPool(config: DatabaseConfig, logger: Logger): pg.Pool {
  const pool = new pg.Pool({
    host: config.host,
    port: config.port,
    database: config.name,
    user: config.user,
    password: config.password,
    application_name: "hyper-mission-server",
    max: config.poolSize,
    connectionTimeoutMillis: limits.databaseConnectTimeoutMs,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    maxLifetimeSeconds: LIFETIME_S,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
  });
  // An idle connection that Postgres closes is reported here; the pool has removed it already.
  pool.on("error", (error) => {
    logger.warn({ reason: error.message }, "an idle database connection was lost");
  });
  return pool;
}
