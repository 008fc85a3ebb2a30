/** The API replica by replica: one that differs from the others is the one to look into. */

import { dashboardOf } from "./panels.ts";
import type { Query, Row } from "./panels.ts";

const chosen = 'replica_id=~"$replica_id"';

function perReplica(expr: string): Query[] {
  return [{ expr, legend: "{{replica_id}}" }];
}

function quantile(value: string): Query[] {
  return perReplica(
    `replica:http_request_duration_seconds:quantile_rate1m{quantile="${value}",${chosen}}`,
  );
}

const requests: Row = {
  title: "Requests",
  panels: [
    {
      title: "Requests by replica",
      about: "The gateway takes turns: the lines lie on each other.",
      unit: "reqps",
      queries: perReplica(`replica:http_requests:rate1m{${chosen}}`),
    },
    {
      title: "Errors by replica",
      about: "Share of a replica's answers that are a 5xx.",
      unit: "percentunit",
      queries: perReplica(`replica:http_errors:ratio_rate1m{${chosen}}`),
    },
    {
      title: "Answers by class",
      about: "4xx is the clients' doing, 5xx is ours.",
      unit: "reqps",
      queries: [
        {
          expr: `sum by (status_class) (rate(http_api_responses_total{job="server",${chosen}}[$__rate_interval]))`,
          legend: "{{status_class}}",
        },
      ],
    },
    {
      title: "Requests by route",
      about: "Of the API; paths that match none are `unmatched`.",
      unit: "reqps",
      queries: [
        {
          expr: `sum by (method, route) (rate(http_request_duration_seconds_count{job="server",route!~"/livez|/readyz|/metrics",${chosen}}[$__rate_interval]))`,
          legend: "{{method}} {{route}}",
        },
      ],
    },
    {
      title: "Requests in flight",
      about: "Begun and not ended.",
      unit: "short",
      queries: perReplica(`http_requests_in_flight{job="server",${chosen}}`),
    },
    {
      title: "Time since the start",
      about: "A line that falls to 0 is a restart.",
      unit: "s",
      queries: perReplica(`time() - process_start_time_seconds{job="server",${chosen}}`),
    },
  ],
};

const latency: Row = {
  title: "Latency",
  panels: [
    {
      title: "Median",
      about: "Half of the answers take no longer.",
      unit: "s",
      queries: quantile("0.5"),
    },
    {
      title: "95th percentile",
      about: "One answer in twenty takes longer.",
      unit: "s",
      queries: quantile("0.95"),
    },
    {
      title: "99th percentile",
      about: "The objective allows one answer in a hundred to take more than 0.5 s.",
      unit: "s",
      queries: quantile("0.99"),
    },
  ],
};

const runtime: Row = {
  title: "Process",
  panels: [
    {
      title: "Processor",
      about: "Cores in use; each replica may use one.",
      unit: "short",
      queries: perReplica(
        `rate(process_cpu_seconds_total{job="server",${chosen}}[$__rate_interval])`,
      ),
    },
    {
      title: "Memory",
      about: "Resident; the container ends at 512 MiB.",
      unit: "bytes",
      queries: perReplica(`process_resident_memory_bytes{job="server",${chosen}}`),
    },
    {
      title: "Event loop lag",
      about: "99th percentile since the start. From 100 ms on every request feels it.",
      unit: "s",
      queries: perReplica(`nodejs_eventloop_lag_p99_seconds{job="server",${chosen}}`),
    },
    {
      title: "Database connections",
      about: "Of the pools, by state; requests that wait for one come too late soon.",
      unit: "short",
      queries: [
        {
          expr: `sum by (state) (db_pool_connections{job="server",${chosen}})`,
          legend: "{{state}}",
        },
      ],
    },
    {
      title: "Cache",
      about: "Reads of a mission by what the cache could do for them.",
      unit: "reqps",
      queries: [
        {
          expr: `sum by (result) (rate(cache_requests_total{job="server",${chosen}}[$__rate_interval]))`,
          legend: "{{result}}",
        },
      ],
    },
    {
      title: "Circuit breaker of Redis",
      about: "0 closed, 0.5 half open, 1 open: Redis is not asked.",
      unit: "short",
      queries: perReplica(`circuit_breaker_state{job="server",name="redis",${chosen}}`),
    },
  ],
};

export const server = dashboardOf({ uid: "server", title: "API replicas" }, [
  requests,
  latency,
  runtime,
]);
