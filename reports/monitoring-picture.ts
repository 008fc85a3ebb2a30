import { formatDuration } from "./format.ts";
import { colourOf, drawLine, linePath, shortNumber } from "./line-chart.ts";
import { escapeMarkup } from "./markup.ts";
import type { AlertMoment, AlertObserver, History, Monitoring, SeriesLine } from "./records.ts";
import { linearScale, type Scale } from "./scale.ts";
import { quantile } from "./statistics.ts";
import { timelineStyle } from "./timeline-style.ts";

/** Whether Prometheus saw what clients saw: both drawn over the same seconds, with the alerts below. */

const width = 960;
const left = 132;
const right = 944;
const rowHeight = 92;
const rowGap = 34;
const firstTop = 58;
const laneHeight = 13;
const laneGap = 5;

interface Row {
  readonly title: string;
  readonly lines: readonly SeriesLine[];
  readonly isStepped: boolean;
}

type Samples = SeriesLine["samples"];

/** A value for each second of the history in which there was anything to count. */
function bySecond(
  history: History,
  valueOf: (operations: History["operations"]) => number | null,
): Samples {
  const seconds = new Map<number, History["operations"][number][]>();
  for (const operation of history.operations) {
    if (operation.replica === null) continue;
    const second = Math.floor(operation.endedAtMs / 1_000);
    const known = seconds.get(second) ?? [];
    known.push(operation);
    seconds.set(second, known);
  }
  return [...seconds]
    .toSorted(([earlier], [later]) => earlier - later)
    .flatMap(([second, operations]) => {
      const value = valueOf(operations);
      return value === null ? [] : [[second * 1_000 + 500, value] as const];
    });
}

function answersPerSecond(history: History): Samples {
  return bySecond(history, (operations) => operations.length);
}

function slowPerSecond(history: History): Samples {
  return bySecond(history, (operations) =>
    quantile(
      operations.map(({ endedAtMs, sentAtMs }) => (endedAtMs - (sentAtMs ?? endedAtMs)) / 1_000),
      0.95,
    ),
  );
}

function seenByPrometheus({ series }: Monitoring, title: string): readonly SeriesLine[] {
  return series.find((drawn) => drawn.title === title)?.lines ?? [];
}

function stepsOf(
  moments: readonly { readonly atMs: number }[],
  valueAt: (index: number) => number,
  endMs: number,
): Samples {
  const steps = moments.map(({ atMs }, index) => [atMs, valueAt(index)] as const);
  const last = steps.at(-1);
  return last === undefined ? [] : [...steps, [endMs, last[1]] as const];
}

function rowsOf(history: History, monitoring: Monitoring, endMs: number): readonly Row[] {
  const { replicas, targets } = monitoring;
  const count = (each: object | undefined) => Object.keys(each ?? {}).length;
  return [
    {
      title: "answers per second",
      lines: [
        { name: "clients", samples: answersPerSecond(history) },
        ...seenByPrometheus(monitoring, "answers per second"),
      ],
      isStepped: false,
    },
    {
      title: "95th percentile, seconds",
      lines: [
        { name: "clients", samples: slowPerSecond(history) },
        ...seenByPrometheus(monitoring, "95th percentile in seconds"),
      ],
      isStepped: false,
    },
    {
      title: "replicas",
      lines: [
        {
          name: "run, says the engine",
          samples: stepsOf(replicas, (index) => count(replicas[index]?.addresses), endMs),
        },
        {
          name: "up, says Prometheus",
          samples: stepsOf(targets, (index) => count(targets[index]?.up), endMs),
        },
      ],
      isStepped: true,
    },
  ];
}

function rowTop(index: number): number {
  return firstTop + index * (rowHeight + rowGap);
}

function drawRow(row: Row, index: number, x: Scale): string {
  const top = rowTop(index);
  const bottom = top + rowHeight;
  const values = row.lines.flatMap(({ samples }) => samples.map(([, value]) => value));
  const most = values.reduce((high, value) => Math.max(high, value), 0);
  const y = linearScale((most === 0 ? 1 : most) * 1.08, bottom, top);
  const ticks = y.ticks.filter((_, at) => at % Math.ceil(y.ticks.length / 4) === 0);
  const legend = row.lines.map(({ name }, at) => {
    const place = `x="${left + 190 + at * 170}" y="${top - 8}"`;
    return `<text ${place} style="fill:${colourOf(at)}">— ${escapeMarkup(name)}</text>`;
  });
  return [
    `<text class="strong" x="${left}" y="${top - 8}">${escapeMarkup(row.title)}</text>`,
    ...legend,
    ...ticks.map((tick) => {
      const atY = Math.round(y.toPixel(tick));
      return (
        `<path class="rule" d="M${left} ${atY}H${right}"/>` +
        `<text x="${left - 8}" y="${atY + 4}" text-anchor="end">${shortNumber(tick)}</text>`
      );
    }),
    ...row.lines.map(({ name, samples }, at) =>
      drawLine(name, linePath(samples, x, y, row.isStepped), colourOf(at), row.isStepped && at > 0),
    ),
  ].join("");
}

interface AlertLane {
  readonly alert: string;
  readonly observer: AlertObserver;
  readonly moments: readonly AlertMoment[];
}

const observers: readonly AlertObserver[] = ["Prometheus", "Alertmanager", "receiver"];

/** The way of each alert from top to bottom. */
function lanesOf(alerts: readonly AlertMoment[]): readonly AlertLane[] {
  const names = [...new Set(alerts.map(({ alert }) => alert))].toSorted();
  return names.flatMap((alert) =>
    observers.flatMap((observer) => {
      const moments = alerts.filter((each) => each.alert === alert && each.observer === observer);
      return moments.length === 0 ? [] : [{ alert, observer, moments }];
    }),
  );
}

function drawLane(lane: AlertLane, top: number, x: Scale, endMs: number): string {
  const { alert, observer, moments } = lane;
  const bars = moments.map(({ atMs, state }, index) => {
    if (state === "resolved") return "";
    const from = x.toPixel(atMs);
    const to = x.toPixel(moments[index + 1]?.atMs ?? endMs);
    const wide = Math.max(2, Math.round(to - from));
    const words = `${alert} ${state} at ${observer} from ${formatDuration(Math.max(0, atMs))} on`;
    return (
      `<rect class="${state === "firing" ? "away" : "partial"}" x="${Math.round(from)}" y="${top}" ` +
      `width="${wide}" height="${laneHeight}"><title>${escapeMarkup(words)}</title></rect>`
    );
  });
  return [
    `<text x="${left - 8}" y="${top + laneHeight - 2}" text-anchor="end">${observer}</text>`,
    `<rect class="track" x="${left}" y="${top}" width="${right - left}" height="${laneHeight}"/>`,
    `<text x="${left + 5}" y="${top + laneHeight - 3}" font-size="10">${escapeMarkup(alert)}</text>`,
    ...bars,
  ].join("");
}

function drawFaults({ faults }: History, x: Scale, bottom: number, endMs: number): string {
  return faults
    .map(({ name, injectedAtMs, recoveredAtMs, healedAtMs }) => {
      const from = Math.round(x.toPixel(injectedAtMs));
      const back = Math.round(x.toPixel(recoveredAtMs ?? endMs));
      const healed = Math.round(x.toPixel(healedAtMs ?? endMs));
      const band = (kind: string, start: number, end: number) =>
        `<rect class="${kind}" x="${start}" y="30" width="${Math.max(1, end - start)}" height="${bottom - 30}"/>`;
      return (
        band("fault", from, back) +
        band("heal", back, healed) +
        `<text class="strong" x="${from}" y="24">${escapeMarkup(name)}</text>`
      );
    })
    .join("");
}

function drawSeconds(x: Scale, bottom: number): string {
  const every = Math.ceil(x.ticks.length / 10);
  return x.ticks
    .filter((_, index) => index % every === 0)
    .map((tick) => {
      const atX = Math.round(x.toPixel(tick));
      return `<text x="${atX}" y="${bottom + 16}" text-anchor="middle">${tick / 1_000} s</text>`;
    })
    .join("");
}

/**
 * Draws a watched history as SVG: answers and latency as clients and as Prometheus saw them, the
 * replicas that ran beside the targets that were up, and every alert at every observer.
 */
export function monitoringPicture(history: History, isStyled = true): string | null {
  const { monitoring } = history;
  if (monitoring === null) return null;
  const endMs = Math.max(history.durationMs, ...monitoring.alerts.map(({ atMs }) => atMs), 1);
  const x = linearScale(endMs, left, right);
  const rows = rowsOf(history, monitoring, endMs);
  const lanes = lanesOf(monitoring.alerts);
  const lanesTop = rowTop(rows.length);
  const bottom = lanesTop + lanes.length * (laneHeight + laneGap);
  const height = bottom + 30;
  const names = [...new Set(monitoring.alerts.map(({ alert }) => alert))].toSorted();
  const alertsTitle =
    names.length === 0 ? "no alert was pending or fired" : `alerts: ${names.join(", ")}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" ` +
      `class="timeline" font-family="system-ui,sans-serif" font-size="12">`,
    `<title>${escapeMarkup(`The monitoring: ${history.title}`)}</title>`,
    isStyled ? `<style>${timelineStyle}</style>` : "",
    `<rect class="ground" width="${width}" height="${height}" rx="6"/>`,
    drawFaults(history, x, bottom, endMs),
    ...rows.map((row, index) => drawRow(row, index, x)),
    `<text class="strong" x="${left}" y="${lanesTop - 8}">${escapeMarkup(alertsTitle)}</text>`,
    ...lanes.map((lane, index) =>
      drawLane(lane, lanesTop + index * (laneHeight + laneGap), x, endMs),
    ),
    drawSeconds(x, bottom),
    "</svg>",
  ]
    .filter((part) => part !== "")
    .join("\n");
}
