import type {
  AlertMoment,
  CounterReading,
  DrawnSeries,
  FiringSpan,
  Monitoring,
  PanelQuery,
  PanelsObservation,
  QuietWatch,
  ReplicasMoment,
  RuleSeen,
  SeriesLine,
  TargetsMoment,
  Watcher,
} from "./monitoring.ts";
import {
  listOf,
  mapOf,
  nullable,
  number,
  oneOf,
  optional,
  shapeOf,
  text,
  type Guard,
} from "./shape.ts";

/** What was seen of the monitoring, as guards; the compiler keeps both in step, field by field. */

const sample: Guard<readonly [number, number]> = (
  value,
  path,
  report,
): value is readonly [number, number] => {
  const isPair =
    Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === "number");
  if (!isPair) report(`${path} is not a pair of time and value`);
  return isPair;
};

const span = shapeOf<FiringSpan>({
  alert: text,
  fromMs: number,
  toMs: number,
  idleShare: optional(nullable(number)),
});

const line = shapeOf<SeriesLine>({ name: text, samples: listOf(sample) });

/** Guards what the monitoring said over the time of a history. */
export const monitoring = shapeOf<Monitoring>({
  watcher: shapeOf<Watcher>({ looks: number, blindMs: number, problems: listOf(text) }),
  replicas: listOf(shapeOf<ReplicasMoment>({ atMs: number, addresses: mapOf(text) })),
  targets: listOf(shapeOf<TargetsMoment>({ atMs: number, up: mapOf(text), down: listOf(text) })),
  alerts: listOf(
    shapeOf<AlertMoment>({
      atMs: number,
      observer: oneOf("Prometheus", "Alertmanager", "receiver"),
      alert: text,
      severity: text,
      state: oneOf("pending", "firing", "resolved"),
    }),
  ),
  counters: nullable(
    listOf(
      shapeOf<CounterReading>({
        replica: text,
        method: text,
        status: number,
        before: number,
        after: number,
      }),
    ),
  ),
  quiet: nullable(
    shapeOf<QuietWatch>({
      fromMs: number,
      toMs: number,
      spans: listOf(span),
      rulesEvaluated: number,
    }),
  ),
  series: listOf(shapeOf<DrawnSeries>({ title: text, query: text, lines: listOf(line) })),
});

const check = {
  query: text,
  problem: nullable(text),
  unknownMetrics: listOf(text),
  unknownLabels: listOf(text),
} as const;

/** Guards what the queries of panels and rules returned. */
export const panels = shapeOf<PanelsObservation>({
  dashboards: listOf(text),
  panels: listOf(
    shapeOf<PanelQuery>({
      ...check,
      dashboard: text,
      panel: text,
      unit: text,
      min: nullable(number),
      max: nullable(number),
      legendGaps: listOf(text),
      lines: listOf(line),
      notNumbers: number,
    }),
  ),
  rules: listOf(
    shapeOf<RuleSeen>({
      ...check,
      group: text,
      rule: text,
      kind: oneOf("recording", "alerting"),
      health: text,
      values: nullable(number),
    }),
  ),
});
