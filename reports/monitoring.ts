/**
 * What was seen of the monitoring itself: by Prometheus, by Alertmanager, by whoever is told of an
 * alert, and by the engine, which knows better what really runs.
 *
 * Times are milliseconds on the clock of the history that they belong to.
 */

/** Which replicas of the API ran at one moment, by the engine's record. */
export interface ReplicasMoment {
  readonly atMs: number;
  /** Address by the name that the replica gives itself in its answers. */
  readonly addresses: Readonly<Record<string, string>>;
}

/** What Prometheus said of its targets of the API at one moment. */
export interface TargetsMoment {
  readonly atMs: number;
  /** The replica whose figures are under an address that is up; empty where they do not say. */
  readonly up: Readonly<Record<string, string>>;
  readonly down: readonly string[];
}

export type AlertObserver = "Prometheus" | "Alertmanager" | "receiver";
export type AlertState = "pending" | "firing" | "resolved";

/** An alert in the eyes of one observer, at the moment when that changed. */
export interface AlertMoment {
  readonly atMs: number;
  readonly observer: AlertObserver;
  readonly alert: string;
  readonly severity: string;
  readonly state: AlertState;
}

/** A counter of one replica as Prometheus stored it, at both ends of a window without other traffic. */
export interface CounterReading {
  readonly replica: string;
  readonly method: string;
  readonly status: number;
  /** 0 where there was no such series yet. */
  readonly before: number;
  readonly after: number;
}

/** From when to when an alert fired, by the series that Prometheus keeps of its alerts. */
export interface FiringSpan {
  readonly alert: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Of all processors, how much was idle in the five minutes before; absent where nobody counted. */
  readonly idleShare?: number | null;
}

/** All that fired over a time in which nobody hurt the stack on purpose. */
export interface QuietWatch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly spans: readonly FiringSpan[];
  /** Rules of alerts that Prometheus had evaluated at the end, and that could have fired. */
  readonly rulesEvaluated: number;
}

/** One line of a picture. */
export interface SeriesLine {
  readonly name: string;
  readonly samples: readonly (readonly [atMs: number, value: number])[];
}

/** A question to Prometheus and its answer over time. */
export interface DrawnSeries {
  readonly title: string;
  readonly query: string;
  readonly lines: readonly SeriesLine[];
}

/** How well the watcher itself saw. */
export interface Watcher {
  readonly looks: number;
  /** The longest time between two looks that were answered. */
  readonly blindMs: number;
  /** What kept a look from being answered; the first few. */
  readonly problems: readonly string[];
}

/** What the monitoring said over the time of a history. */
export interface Monitoring {
  readonly watcher: Watcher;
  /** Each only when it differs from the one before. */
  readonly replicas: readonly ReplicasMoment[];
  readonly targets: readonly TargetsMoment[];
  readonly alerts: readonly AlertMoment[];
  /** `null` where the counters could not be read at both ends. */
  readonly counters: readonly CounterReading[] | null;
  /** `null` where the past of the alerts could not be read. */
  readonly quiet: QuietWatch | null;
  readonly series: readonly DrawnSeries[];
}

/** What a query names that Prometheus does not have: the way in which misspellings show. */
export interface QueryCheck {
  readonly query: string;
  /** Why Prometheus refused it; `null` where it did not. */
  readonly problem: string | null;
  readonly unknownMetrics: readonly string[];
  /** As `metric{label}` or `metric{label="value"}`. */
  readonly unknownLabels: readonly string[];
}

/** One query of one panel, with what it returned over the last minutes. */
export interface PanelQuery extends QueryCheck {
  readonly dashboard: string;
  readonly panel: string;
  /** Grafana's name of the unit, such as `percentunit`. */
  readonly unit: string;
  readonly min: number | null;
  readonly max: number | null;
  /** Labels that its legend shows and that a series of the answer does not have. */
  readonly legendGaps: readonly string[];
  /** Times are seconds before the question, so they are negative. */
  readonly lines: readonly SeriesLine[];
  /** Samples that are no number, such as those of a division by zero. */
  readonly notNumbers: number;
}

export interface RuleSeen extends QueryCheck {
  readonly group: string;
  readonly rule: string;
  readonly kind: "recording" | "alerting";
  /** Prometheus's own word, `ok` where its last evaluation worked. */
  readonly health: string;
  /** How many series a recording rule has now; `null` for alerts, which have none in good times. */
  readonly values: number | null;
}

/** Every query that people or alerts rest on, asked of the running Prometheus. */
export interface PanelsObservation {
  readonly dashboards: readonly string[];
  readonly panels: readonly PanelQuery[];
  readonly rules: readonly RuleSeen[];
}
