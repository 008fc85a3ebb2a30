/** What the people on call look at first: is the promise kept, and what is missing. */

import { dashboardOf } from "./panels.ts";
import type { Row } from "./panels.ts";

const objectives: Row = {
  title: "Objectives",
  panels: [
    {
      title: "Error budget left",
      about: "Of what 99.9 % without a 5xx allows in 7 days. At 0 no release is due but a repair.",
      unit: "percentunit",
      // All answers wrong: a thousand budgets.
      least: -999,
      stat: true,
      red: { below: 0 },
      queries: [
        { expr: 'slo:error_budget:remaining_ratio{slo="availability"}', legend: "availability" },
      ],
    },
    {
      title: "Latency budget left",
      about: "Of what 99 % within 0.5 s allows in 7 days.",
      unit: "percentunit",
      least: -99,
      stat: true,
      red: { below: 0 },
      queries: [{ expr: 'slo:error_budget:remaining_ratio{slo="latency"}', legend: "latency" }],
    },
    {
      title: "Replicas up",
      about: "Three are promised; two carry the load.",
      unit: "short",
      stat: true,
      red: { below: 3 },
      queries: [{ expr: 'job:up:count{job="server"}', legend: "replicas" }],
    },
    {
      title: "Alerts firing",
      about: "Each has a page in docs/runbooks.",
      unit: "short",
      stat: true,
      red: { above: 1 },
      queries: [{ expr: 'count(ALERTS{alertstate="firing"}) or vector(0)', legend: "alerts" }],
    },
    {
      title: "Certificate lasts",
      about: "Of the certificate that the gateway shows to clients.",
      unit: "s",
      stat: true,
      red: { below: 14 * 86_400 },
      queries: [
        { expr: 'probe_ssl_earliest_cert_expiry{job="certificate"} - time()', legend: "left" },
      ],
    },
    {
      title: "Targets not up",
      about: "Of those that Prometheus knows; a replica that is gone is not among them.",
      unit: "short",
      stat: true,
      red: { above: 1 },
      queries: [{ expr: "count(up == 0) or vector(0)", legend: "targets" }],
    },
  ],
};

const burns: Row = {
  title: "Burn rates: 1 uses up the budget of 7 days in 7 days",
  panels: [
    {
      title: "Error budget burn",
      about: "Alerts from 8.4 over 5 minutes and 1 hour, or 2.8 over 30 minutes and 6 hours.",
      unit: "short",
      queries: [{ expr: "slo:http_errors:burn", legend: "{{window}}" }],
    },
    {
      title: "Latency budget burn",
      about: "Alerts from 8.4 over 5 minutes and 1 hour, or 2.8 over 30 minutes and 6 hours.",
      unit: "short",
      queries: [{ expr: "slo:http_slow:burn", legend: "{{window}}" }],
    },
    {
      title: "Targets up",
      about: "By job; the API has one target for each replica.",
      unit: "short",
      queries: [{ expr: "job:up:count", legend: "{{job}}" }],
    },
  ],
};

const traffic: Row = {
  title: "The API as a whole",
  panels: [
    {
      title: "Requests",
      about: "Answered by all replicas together, those of probes not counted.",
      unit: "reqps",
      queries: [{ expr: "job:http_requests:rate1m", legend: "requests" }],
    },
    {
      title: "Errors",
      about: "Share of the answers that are a 5xx.",
      unit: "percentunit",
      queries: [{ expr: "job:http_errors:ratio_rate1m", legend: "errors" }],
    },
    {
      title: "Latency",
      about: "From the head of a request to the end of its answer, as the replicas measure it.",
      unit: "s",
      queries: [
        { expr: "job:http_request_duration_seconds:quantile_rate1m", legend: "p{{quantile}}" },
      ],
    },
  ],
};

export const overview = dashboardOf({ uid: "overview", title: "overview" }, [
  objectives,
  burns,
  traffic,
]);
