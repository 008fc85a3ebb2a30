/** The machine, the gateway, and the monitoring itself. */

import { dashboardOf } from "./panels.ts";
import type { Row } from "./panels.ts";

const machine: Row = {
  title: "Machine",
  panels: [
    {
      title: "Processors",
      about: "Share of all processors by what they are busy with.",
      unit: "percentunit",
      queries: [
        {
          expr: 'sum by (mode) (rate(node_cpu_seconds_total{mode!="idle"}[$__rate_interval])) / scalar(count(node_cpu_seconds_total{mode="idle"}))',
          legend: "{{mode}}",
        },
      ],
    },
    {
      title: "Load",
      about: "Tasks that run or wait, averaged over a minute, beside the number of processors.",
      unit: "short",
      queries: [
        { expr: "node_load1", legend: "load" },
        { expr: 'count(node_cpu_seconds_total{mode="idle"})', legend: "processors" },
      ],
    },
    {
      title: "Memory",
      about: "What could be had without anything being swapped or ended.",
      unit: "bytes",
      queries: [
        { expr: "node_memory_MemAvailable_bytes", legend: "available" },
        { expr: "node_memory_MemTotal_bytes", legend: "all" },
      ],
    },
    {
      title: "Disk left",
      about: "Of the disk of containers and volumes. An alert from 10 %.",
      unit: "percentunit",
      queries: [
        { expr: "node_filesystem_avail_bytes / node_filesystem_size_bytes", legend: "left" },
      ],
    },
    {
      title: "Disk",
      about: "Bytes read and written.",
      unit: "Bps",
      queries: ["read", "written"].map((what) => ({
        expr: `sum(rate(node_disk_${what}_bytes_total[$__rate_interval]))`,
        legend: what,
      })),
    },
    {
      title: "Disk busy",
      about: "Share of the time in which the busiest one had something to do.",
      unit: "percentunit",
      queries: [
        { expr: "max(rate(node_disk_io_time_seconds_total[$__rate_interval]))", legend: "busy" },
      ],
    },
  ],
};

const gateway: Row = {
  title: "Gateway",
  panels: [
    {
      title: "Requests",
      about: "Of clients, health checks and the exporter.",
      unit: "reqps",
      queries: [
        {
          expr: 'rate(nginx_http_requests_total{job="gateway"}[$__rate_interval])',
          legend: "requests",
        },
      ],
    },
    {
      title: "Connections",
      about: "By what they are doing.",
      unit: "short",
      queries: ["active", "reading", "writing", "waiting"].map((what) => ({
        expr: `nginx_connections_${what}{job="gateway"}`,
        legend: what,
      })),
    },
    {
      title: "Connections not handled",
      about: "Accepted and dropped at once: the limit of connections is reached.",
      unit: "cps",
      queries: [
        {
          expr: 'rate(nginx_connections_accepted{job="gateway"}[$__rate_interval]) - rate(nginx_connections_handled{job="gateway"}[$__rate_interval])',
          legend: "dropped",
        },
      ],
    },
  ],
};

const monitoring: Row = {
  title: "Monitoring itself",
  panels: [
    {
      title: "Scrapes",
      about: "How long the slowest of each job takes.",
      unit: "s",
      queries: [{ expr: "max by (job) (scrape_duration_seconds)", legend: "{{job}}" }],
    },
    {
      title: "Series",
      about: "Held in memory. A steady rise is a label with too many values.",
      unit: "short",
      queries: [{ expr: "prometheus_tsdb_head_series", legend: "series" }],
    },
    {
      title: "Failures",
      about: "Rules that could not be evaluated, and alerts that could not be handed over.",
      unit: "ops",
      queries: [
        {
          expr: "sum(rate(prometheus_rule_evaluation_failures_total[$__rate_interval]))",
          legend: "rules",
        },
        {
          expr: "sum(rate(prometheus_notifications_dropped_total[$__rate_interval]))",
          legend: "alerts not handed over",
        },
        {
          expr: "sum(rate(alertmanager_notifications_failed_total[$__rate_interval]))",
          legend: "alerts not delivered",
        },
      ],
    },
  ],
};

export const system = dashboardOf({ uid: "system", title: "machine and gateway" }, [
  machine,
  gateway,
  monitoring,
]);
