/**
 * What Prometheus reads from `/metrics`: rate, errors and duration of the requests by route
 * template, and the state of what the server leans on.
 *
 * Labels have few values by construction: routes are templates, a request that matches none is
 * `unmatched`, a method that HTTP does not define is `OTHER`.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

const REQUEST_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const QUERY_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

const CACHE_RESULTS = ["hit", "miss", "loading", "bypass", "error", "invalid"] as const;

export type CacheResult = (typeof CACHE_RESULTS)[number];

export type Metrics = ReturnType<typeof createMetrics>;

/** Creates the registry with every metric of the server. */
export function createMetrics(build: { readonly buildId: string; readonly replicaId: string }) {
  const registry = new Registry();
  // Addresses are handed on from container to container; this name is one replica's for its life.
  registry.setDefaultLabels({ replica_id: build.replicaId });
  collectDefaultMetrics({ register: registry });
  const buildInfo = new Gauge({
    name: "app_build_info",
    help: "Always 1; the labels say which build answers.",
    labelNames: ["build_id", "node_version"],
    registers: [registry],
  });
  buildInfo.set({ build_id: build.buildId, node_version: process.version }, 1);
  return {
    registry,
    ...requestMetrics(registry),
    ...databaseMetrics(registry),
    ...cacheMetrics(registry),
  };
}

const STATUS_CLASSES = ["1xx", "2xx", "3xx", "4xx", "5xx"] as const;

function requestMetrics(registry: Registry) {
  const registers = [registry];
  const apiResponses = new Counter({
    name: "http_api_responses_total",
    help: "Answers of the API, those to probes and to Prometheus not among them.",
    labelNames: ["status_class"],
    registers,
  });
  // There from the start: of a series that begins with the first error no increase can be seen.
  for (const statusClass of STATUS_CLASSES) {
    apiResponses.inc({ status_class: statusClass }, 0);
  }
  return {
    apiResponses,
    requestDuration: new Histogram({
      name: "http_request_duration_seconds",
      help: "Time from the head of a request to the end of its answer.",
      labelNames: ["method", "route", "status_code"],
      buckets: REQUEST_BUCKETS_S,
      registers,
    }),
    requestsInFlight: new Gauge({
      name: "http_requests_in_flight",
      help: "Requests whose answer has not ended.",
      registers,
    }),
    idempotencyReplays: new Counter({
      name: "idempotency_replays_total",
      help: "Requests that were answered from the key table.",
      labelNames: ["operation"],
      registers,
    }),
  };
}

function databaseMetrics(registry: Registry) {
  const registers = [registry];
  return {
    queryDuration: new Histogram({
      name: "db_query_duration_seconds",
      help: "Time of one attempt of a database operation, connection included.",
      labelNames: ["operation", "outcome"],
      buckets: QUERY_BUCKETS_S,
      registers,
    }),
    databaseRetries: new Counter({
      name: "db_retries_total",
      help: "Attempts that repeated a database operation, by what had happened to the one before.",
      labelNames: ["operation", "reason"],
      registers,
    }),
    databaseReachable: new Gauge({
      name: "db_reachable",
      help: "1 while the last contact with the database was a success.",
      registers,
    }),
    databaseConnections: new Gauge({
      name: "db_pool_connections",
      help: "Connections of the pool, and requests that wait for one.",
      labelNames: ["state"],
      registers,
    }),
  };
}

function cacheMetrics(registry: Registry) {
  const registers = [registry];
  const cacheRequests = new Counter({
    name: "cache_requests_total",
    help: "Reads of a mission by what the cache could do for them.",
    labelNames: ["result"],
    registers,
  });
  for (const result of CACHE_RESULTS) {
    cacheRequests.inc({ result }, 0);
  }
  const cacheLeaseTurns = new Counter({
    name: "cache_lease_turns_total",
    help: "Generations of the cache that this replica ended, by what the next one is.",
    labelNames: ["becomes"],
    registers,
  });
  cacheLeaseTurns.inc({ becomes: "open" }, 0);
  cacheLeaseTurns.inc({ becomes: "closed" }, 0);
  return {
    cacheRequests,
    cacheLeaseTurns,
    cacheLeaseOpen: new Gauge({
      name: "cache_lease_open",
      help: "1 while this replica knows that the replicas may trust the cache.",
      registers,
    }),
    breakerState: new Gauge({
      name: "circuit_breaker_state",
      help: "0 closed, 1 open, 0.5 half open.",
      labelNames: ["name"],
      registers,
    }),
  };
}

/** The value of the `status_class` label for a status code. */
export function statusClassLabel(status: number): string {
  return `${Math.trunc(status / 100)}xx`;
}

const KNOWN_METHODS: ReadonlySet<string> = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
]);

/** The value of the `method` label for a request method. */
export function methodLabel(method: string): string {
  return KNOWN_METHODS.has(method) ? method : "OTHER";
}
