/** Panels and dashboards in the one form that all of them have. */

import {
  ReduceDataOptionsBuilder,
  VizLegendOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  DashboardBuilder,
  DashboardCursorSync,
  QueryVariableBuilder,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  VariableRefresh,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TimeSeriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";

const source = { type: "prometheus", uid: "prometheus" } as const;
const panelHeight = 8;
const panelWidth = 8;
const statHeight = 4;
const statWidth = 4;

/** One line, or several that one expression answers. */
export interface Query {
  readonly expr: string;
  /** With `{{label}}` for the value of a label. */
  readonly legend: string;
}

interface Panel {
  readonly title: string;
  /** What it shows, and what to do about it. */
  readonly about: string;
  /** As Grafana names units: `reqps`, `s`, `percentunit`, `bytes`, `short`. */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** The least that can be meant, where the unit would say otherwise. */
  readonly least?: number;
  /** A single number in place of lines. */
  readonly stat?: true;
  /** From here on, upwards or downwards, the number is red. */
  readonly red?: { readonly above: number } | { readonly below: number };
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

function queriesOf({ queries }: Panel): DataqueryBuilder[] {
  return queries.map(({ expr, legend }, index) =>
    new DataqueryBuilder()
      .expr(expr)
      .legendFormat(legend)
      .refId("ABCDEFGH".charAt(index))
      .datasource(source),
  );
}

function thresholdsOf(red: NonNullable<Panel["red"]>): ThresholdsConfigBuilder {
  const [first, second, value] =
    "above" in red
      ? (["green", "red", red.above] as const)
      : (["red", "green", red.below] as const);
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null, color: first },
    { value, color: second },
  ]);
}

function panelOf(panel: Panel): StatBuilder | TimeSeriesBuilder {
  const builder =
    panel.stat === true
      ? new StatBuilder()
          .height(statHeight)
          .span(statWidth)
          .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]))
      : new TimeSeriesBuilder()
          .height(panelHeight)
          .span(panelWidth)
          .fillOpacity(10)
          .legend(new VizLegendOptionsBuilder().showLegend(true));
  const filled = builder
    .title(panel.title)
    .description(panel.about)
    .unit(panel.unit)
    .datasource(source)
    .targets(queriesOf(panel));
  if (panel.least !== undefined) filled.min(panel.least);
  return panel.red === undefined ? filled : filled.thresholds(thresholdsOf(panel.red));
}

/** Which of the replicas are shown; all of them at first. */
function replicaVariable(): QueryVariableBuilder {
  return new QueryVariableBuilder("replica_id")
    .label("Replica")
    .query("label_values(app_build_info, replica_id)")
    .datasource(source)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .allValue(".+")
    .current({ text: "All", value: "$__all" });
}

/** @param uid also the name of the file */
export function dashboardOf(
  { uid, title }: { readonly uid: string; readonly title: string },
  rows: readonly Row[],
): Dashboard {
  const dashboard = new DashboardBuilder(`Hyper-Mission: ${title}`)
    .uid(uid)
    .tags(["hyper-mission"])
    .readonly()
    .refresh("5s")
    .time({ from: "now-15m", to: "now" })
    .timezone("browser")
    .tooltip(DashboardCursorSync.Crosshair);
  if (JSON.stringify(rows).includes("$replica_id")) dashboard.withVariable(replicaVariable());
  for (const row of rows) {
    dashboard.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) dashboard.withPanel(panelOf(panel));
  }
  return dashboard.build();
}
