/** Postgres and Redis, by their exporters. */

import { dashboardOf } from "./panels.ts";
import type { Row } from "./panels.ts";

const database = 'job="postgres",datname="missions"';

const postgres: Row = {
  title: "Postgres",
  panels: [
    {
      title: "Postgres answers",
      about: "1 while the exporter gets an answer.",
      unit: "short",
      stat: true,
      red: { below: 1 },
      queries: [{ expr: 'pg_up{job="postgres"}', legend: "postgres" }],
    },
    {
      title: "Database size",
      about: "Of the database missions, on the disk.",
      unit: "bytes",
      stat: true,
      queries: [{ expr: `pg_database_size_bytes{${database}}`, legend: "missions" }],
    },
    {
      title: "Connections",
      about: "60 are allowed; the replicas may hold 45 of them.",
      unit: "short",
      queries: [{ expr: `pg_stat_database_numbackends{${database}}`, legend: "connections" }],
    },
    {
      title: "Transactions",
      about: "Rolled back ones are errors or lost races.",
      unit: "ops",
      queries: [
        {
          expr: `rate(pg_stat_database_xact_commit{${database}}[$__rate_interval])`,
          legend: "committed",
        },
        {
          expr: `rate(pg_stat_database_xact_rollback{${database}}[$__rate_interval])`,
          legend: "rolled back",
        },
      ],
    },
    {
      title: "Rows",
      about: "Read and changed.",
      unit: "ops",
      queries: ["fetched", "inserted", "updated", "deleted"].map((what) => ({
        expr: `rate(pg_stat_database_tup_${what}{${database}}[$__rate_interval])`,
        legend: what,
      })),
    },
    {
      title: "Blocks found in memory",
      about: "Share of all that were asked for; low values mean reads from the disk.",
      unit: "percentunit",
      queries: [
        {
          expr: `pg_stat_database_blks_hit{${database}} / clamp_min(pg_stat_database_blks_hit{${database}} + pg_stat_database_blks_read{${database}}, 1)`,
          legend: "in memory",
        },
      ],
    },
    {
      title: "Locks held",
      about: "By mode.",
      unit: "short",
      queries: [{ expr: `sum by (mode) (pg_locks_count{${database}})`, legend: "{{mode}}" }],
    },
    {
      title: "Deadlocks",
      about: "Within 5 minutes; one is one too many.",
      unit: "short",
      queries: [
        { expr: `increase(pg_stat_database_deadlocks{${database}}[5m])`, legend: "deadlocks" },
      ],
    },
    {
      title: "Write-ahead log",
      about: "Size of its files on the disk.",
      unit: "bytes",
      queries: [{ expr: 'pg_wal_size_bytes{job="postgres"}', legend: "log" }],
    },
  ],
};

const redis: Row = {
  title: "Redis",
  panels: [
    {
      title: "Redis answers",
      about: "1 while the exporter gets an answer.",
      unit: "short",
      stat: true,
      red: { below: 1 },
      queries: [{ expr: 'redis_up{job="redis"}', legend: "redis" }],
    },
    {
      title: "Memory",
      about: "From the limit on the entries used longest ago make room.",
      unit: "bytes",
      queries: [
        { expr: 'redis_memory_used_bytes{job="redis"}', legend: "used" },
        { expr: 'redis_memory_max_bytes{job="redis"}', legend: "limit" },
      ],
    },
    {
      title: "Commands",
      about: "All of them, those of the exporter as well.",
      unit: "ops",
      queries: [
        {
          expr: 'rate(redis_commands_processed_total{job="redis"}[$__rate_interval])',
          legend: "commands",
        },
      ],
    },
    {
      title: "Lookups",
      about: "Found and not found.",
      unit: "ops",
      queries: ["hits", "misses"].map((what) => ({
        expr: `rate(redis_keyspace_${what}_total{job="redis"}[$__rate_interval])`,
        legend: what,
      })),
    },
    {
      title: "Clients",
      about: "Connected.",
      unit: "short",
      queries: [{ expr: 'redis_connected_clients{job="redis"}', legend: "clients" }],
    },
    {
      title: "Evicted and refused",
      about: "Entries that made room, and connections that were one too many.",
      unit: "ops",
      queries: [
        {
          expr: 'rate(redis_evicted_keys_total{job="redis"}[$__rate_interval])',
          legend: "entries evicted",
        },
        {
          expr: 'rate(redis_rejected_connections_total{job="redis"}[$__rate_interval])',
          legend: "connections refused",
        },
      ],
    },
  ],
};

export const data = dashboardOf({ uid: "data", title: "Postgres and Redis" }, [postgres, redis]);
