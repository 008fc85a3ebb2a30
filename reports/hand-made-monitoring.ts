import { fault, history, operations, replicaNames } from "./hand-made.ts";
import type {
  AlertMoment,
  AlertObserver,
  AlertState,
  History,
  Monitoring,
  PanelQuery,
} from "./records.ts";

/** What a watcher sees of a healthy monitoring, for the unit tests of the judges. */

const addressOf = (index: number) => `10.0.0.${index + 1}`;
const [first, second, third] = replicaNames;

/** Replica by address, with some left out. */
export function targetsWithout(...gone: readonly string[]): Readonly<Record<string, string>> {
  const entries = replicaNames.map((replica, index) => [addressOf(index), replica] as const);
  return Object.fromEntries(entries.filter(([, replica]) => !gone.includes(replica)));
}

/** Address by replica, with some left out. */
export function replicasWithout(...gone: readonly string[]): Readonly<Record<string, string>> {
  const entries = Object.entries(targetsWithout(...gone));
  return Object.fromEntries(entries.map(([address, replica]) => [replica, address]));
}

export function alertMoment(
  atMs: number,
  observer: AlertObserver,
  state: AlertState,
  alert = "ServerReplicaDown",
): AlertMoment {
  return { atMs, observer, alert, severity: "critical", state };
}

/** Of the fault that `lostReplica` has: killed at 5 s, started at 11 s, healthy at 13 s. */
export function monitoring(changes: Partial<Monitoring> = {}): Monitoring {
  return {
    watcher: { looks: 50, blindMs: 600, problems: [] },
    replicas: [
      { atMs: 10, addresses: replicasWithout() },
      { atMs: 5_200, addresses: replicasWithout(first) },
      { atMs: 11_500, addresses: replicasWithout() },
    ],
    targets: [
      { atMs: 10, up: targetsWithout(), down: [] },
      { atMs: 7_000, up: targetsWithout(first), down: [addressOf(0)] },
      { atMs: 9_000, up: targetsWithout(first), down: [] },
      { atMs: 14_000, up: targetsWithout(), down: [] },
    ],
    alerts: [
      alertMoment(7_500, "Prometheus", "pending"),
      alertMoment(8_500, "Prometheus", "firing"),
      alertMoment(8_500, "Alertmanager", "firing"),
      alertMoment(10_500, "receiver", "firing"),
      alertMoment(15_000, "Prometheus", "resolved"),
      alertMoment(15_500, "Alertmanager", "resolved"),
      alertMoment(16_000, "receiver", "resolved"),
    ],
    counters: replicaNames.map((replica, index) => ({
      replica,
      method: "GET",
      status: 200,
      before: index * 7,
      after: index * 7 + 400,
    })),
    quiet: { fromMs: -60_000, toMs: 12_000, spans: [], rulesEvaluated: 14 },
    series: [],
    ...changes,
  };
}

/** One replica was killed, and the monitoring saw it. */
export function lostReplica(
  seen: Partial<Monitoring> = {},
  changes: Partial<History> = {},
): History {
  const load = operations(1_200, 10, (sequence) => ({
    replica: [second, third][sequence % 2] ?? second,
  }));
  return history({
    operations: load,
    faults: [fault()],
    monitoring: monitoring(seen),
    ...changes,
  });
}

/** 1,200 answers with nothing wrong, counted by Prometheus. */
export function countedLoad(
  seen: Partial<Monitoring> = {},
  changes: Partial<History> = {},
): History {
  return history({
    operations: operations(1_200, 10),
    gatewayLines: [],
    monitoring: monitoring({ alerts: [], ...seen }),
    ...changes,
  });
}

/** A query of a panel that returned what it should. */
export function panelQuery(changes: Partial<PanelQuery> = {}): PanelQuery {
  return {
    query: "job:http_errors:ratio_rate1m",
    problem: null,
    unknownMetrics: [],
    unknownLabels: [],
    dashboard: "Overview",
    panel: "Errors",
    unit: "percentunit",
    min: null,
    max: null,
    legendGaps: [],
    lines: [
      {
        name: "errors",
        samples: [
          [-10_000, 0],
          [-5_000, 0.25],
        ],
      },
    ],
    notNumbers: 3,
    ...changes,
  };
}
