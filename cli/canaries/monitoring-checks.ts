/** The oracles of what Prometheus, Alertmanager and Grafana show, on records made by hand. */

import {
  countedLoad,
  lostReplica,
  monitoring,
  panelQuery,
} from "../../reports/hand-made-monitoring.ts";
import { history } from "../../reports/hand-made.ts";
import type { History, PanelsObservation } from "../../reports/records.ts";
import { observability } from "../../reports/slo.ts";
import type { PanelsObjective } from "../../reports/slo.ts";
import { judgeCases } from "./judge-cases.ts";
import type { OracleCheck } from "./judge-cases.ts";

const empty = history();
const watched = monitoring();

const onePanel: PanelsObjective = {
  ...observability.panels,
  dashboardsMin: 1,
  panelsMin: 1,
  rulesMin: 1,
};

/** A dashboard of one share. */
function showing(share: number): PanelsObservation {
  return {
    dashboards: ["Overview"],
    panels: [panelQuery({ lines: [{ name: "errors", samples: [[0, share]] }] })],
    rules: [
      {
        group: "requests",
        rule: "job:http_errors:ratio_rate1m",
        query: "sum(rate(errors[1m]))",
        kind: "recording",
        health: "ok",
        values: 1,
        problem: null,
        unknownMetrics: [],
        unknownLabels: [],
      },
    ],
  };
}

function firing(fromMs: number): History {
  const spans = [{ alert: "RedisDown", fromMs, toMs: fromMs + 2_000 }];
  return countedLoad({ quiet: watched.quiet === null ? null : { ...watched.quiet, spans } });
}

export const monitoringChecks = {
  "oracle alerting": async (suite) => {
    const { alerting } = await suite.load("reports/oracles/alerting.ts");
    const cases = { healthy: lostReplica(), sick: lostReplica({ alerts: [] }), empty };
    return judgeCases(alerting, observability.replicaDownAlert, cases);
  },
  "oracle counters": async (suite) => {
    const { counters } = await suite.load("reports/oracles/counters.ts");
    const miscounted = (watched.counters ?? []).map((one) => ({ ...one, after: one.after + 1 }));
    const sick = countedLoad({ counters: miscounted });
    return judgeCases(counters, observability.counters, { healthy: countedLoad(), sick, empty });
  },
  "oracle panels": async (suite) => {
    const { panels } = await suite.load("reports/oracles/panels.ts");
    const nothing = { dashboards: [], panels: [], rules: [] };
    return judgeCases(panels, onePanel, {
      healthy: showing(0.2),
      sick: showing(2),
      empty: nothing,
    });
  },
  "oracle quiet": async (suite) => {
    const { quiet } = await suite.load("reports/oracles/quiet.ts");
    const cases = { healthy: countedLoad(), sick: firing(5_000), empty };
    return judgeCases(quiet, observability.quiet, cases);
  },
  "oracle targets": async (suite) => {
    const { targets } = await suite.load("reports/oracles/targets.ts");
    const sick = lostReplica({ targets: watched.targets.slice(0, 1) });
    return judgeCases(targets, observability.targets, { healthy: lostReplica(), sick, empty });
  },
} as const satisfies Record<string, OracleCheck>;
