/**
 * Every time limit and size limit of the server, in one place, because they only work as a chain.
 *
 * Shorter waits lie inside longer ones, so that the innermost party gives up first and the answer
 * says why:
 *
 *     lock 1,000 < statement 1,500 (role settings in stack/database/init) < query 1,700
 *       <= budget of one request 5,000 < read timeout of the gateway 6,000
 *     upstream keep-alive of the gateway 60,000 < keep-alive 75,000 < headers 80,000
 *       <= request 120,000
 *     budget of one request 5,000 < drain 7,500 < stop 9,500 < stop grace of the container
 */
export const limits = {
  /** Longest wait for a database connection, from the pool or from the network. */
  databaseConnectTimeoutMs: 1_000,
  /**
   * Longest wait for the answer to one statement, a little above the server's own
   * statement_timeout.
   */
  databaseQueryTimeoutMs: 1_700,
  /** Longest time that one request may spend on the database, all attempts and pauses together. */
  databaseBudgetMs: 5_000,
  /** After so long without a reachable database new requests are refused at once. */
  databaseOutageMs: 5_000,
  /** Pause between two probes while the database is unreachable. */
  databaseProbeIntervalMs: 100,
  /** Requests that may wait for the database to come back; more are refused at once. */
  databaseWaitingRequestsMax: 1_000,
  /** Pauses before a repeated statement: doubled from the first to the last, with full jitter. */
  databaseRetryFirstPauseMs: 50,
  databaseRetryLastPauseMs: 400,
  /** A readiness answer is reused for so long. */
  readinessCacheMs: 1_000,

  redisCommandTimeoutMs: 100,
  redisConnectTimeoutMs: 500,
  redisReconnectPauseMaxMs: 1_000,
  redisCommandsQueueMax: 1_000,
  /** Failures in a row that open the breaker, and how long it then stays open. */
  redisBreakerFailures: 5,
  redisBreakerOpenMs: 1_000,
  /** A connection that has answered nothing for so long, though asked, is replaced. */
  redisSilenceMs: 5_000,

  /** How long a replica may trust the cache after it last asked for the lease. */
  cacheLeaseMs: 500,
  /** Added to every wait for other replicas' leases, for the rounding of timers and clocks. */
  cacheLeaseMarginMs: 50,
  /** Shortest pause between two questions for the lease. */
  cacheLeaseAskIntervalMs: 200,
  /** Longest wait for the answer to such a question. */
  cacheLeaseAskTimeoutMs: 1_000,
  /** The cache is opened again when no replica has missed Redis for so long. */
  cacheReopenSeconds: 3,
  /** Lifetimes in Redis: of a mission, of the right to store one, of the mark that forbids it. */
  cacheEntryMs: 30_000,
  cacheTicketMs: 2_000,
  cacheBlockMs: 10_000,

  keepAliveTimeoutMs: 75_000,
  headersTimeoutMs: 80_000,
  requestTimeoutMs: 120_000,
  /** Answers in progress may take so long after the stop signal; connections are then cut. */
  drainMs: 7_500,
  /** The process has ended so long after the stop signal, whatever happens. */
  stopMs: 9_500,
  /** The same after an error that nobody caught. */
  crashStopMs: 2_000,
  /** A main thread that has not run for so long is killed by the watchdog. */
  watchdogMs: 5_000,

  bodyBytesMax: 102_400,
  pageSizeDefault: 20,
  pageSizeMax: 100,
  idempotencyKeyCharactersMax: 255,
  idempotencyKeyRetentionHours: 24,
} as const;
