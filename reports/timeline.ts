import { formatCount, formatDuration, formatNumberOf } from "./format.ts";
import { escapeMarkup } from "./markup.ts";
import { lastEndMs } from "./phases.ts";
import type { History, Operation, Outcome } from "./records.ts";
import { returnsOf } from "./returns.ts";
import { linearScale, logScale } from "./scale.ts";
import { quantile } from "./statistics.ts";
import {
  drawBands,
  drawFaultLabels,
  drawFaultList,
  drawReturns,
  listHeight,
  returnInWords,
} from "./timeline-faults.ts";
import {
  frameOf,
  lanesBottom,
  placeOf,
  round,
  type Plot,
  type TimelineOptions,
} from "./timeline-frame.ts";
import { drawLanes, lanesOf } from "./timeline-lanes.ts";
import { timelineStyle } from "./timeline-style.ts";

export type { TimelineOptions } from "./timeline-frame.ts";

const defaultTimeline: TimelineOptions = {
  latency: "whole answer",
  label: null,
  limitMs: null,
  recovery: null,
  bytesMax: 150_000,
  size: "full",
  styled: true,
};

const fastestFloorMs = 0.1;
const legendHeight = 46;
const outcomes: readonly Outcome[] = ["ok", "indeterminate", "failed", "dropped"];

/**
 * Draws a history as SVG: latency of every operation coloured by its outcome, the windows of its
 * faults and how soon their consequences were over, the limits, and a lane of answers per replica.
 *
 * Points that fall on the same cell of a grid are drawn once, and the grid grows until the picture
 * fits `bytesMax`; every cell with an operation that is not ok keeps its mark. A thumbnail draws
 * the range from the fastest to the slowest good answer of each column in place of points.
 */
export function timeline(history: History, options: Partial<TimelineOptions> = {}): string {
  const plot = plotOf(history, { ...defaultTimeline, ...options });
  let drawing = draw(plot, 1);
  for (let grid = 2; grid <= plot.frame.gridPixelsMax; grid += 1) {
    if (Buffer.byteLength(drawing) <= plot.options.bytesMax) break;
    drawing = draw(plot, grid);
  }
  return drawing;
}

function plotOf(history: History, options: TimelineOptions): Plot {
  const operations = history.operations.filter(
    ({ label }) => options.label === null || label === options.label,
  );
  const frame = frameOf(options.size, history.faults.length > 0);
  const endMs = Math.max(history.durationMs, lastEndMs(history.operations));
  const latenciesMs = operations.map((operation) => latencyOf(operation, options));
  const slowestMs = Math.max(1, options.limitMs ?? 0, latenciesMs.reduce(larger, 0));
  const fastestMs = latenciesMs.filter((each) => each > 0).reduce(smaller, slowestMs);
  const x = linearScale(endMs / 1_000, frame.left, frame.right);
  // A limit that touches the upper edge would not look like one.
  const low = Math.max(fastestFloorMs, fastestMs);
  return {
    history,
    options,
    frame,
    operations,
    endMs,
    x,
    y: logScale(low, slowestMs * 1.2, frame.plotBottom, frame.plotTop),
    lanes: lanesOf(history, frame, x),
    returns: history.faults.length === 0 ? [] : returnsOf(history),
  };
}

function draw(plot: Plot, grid: number): string {
  const { width, fontSize } = plot.frame;
  const isFull = plot.options.size === "full";
  const legendTop = lanesBottom(plot) + 6;
  const height = legendTop + (isFull ? legendHeight + listHeight(plot) : 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" ` +
      `class="timeline" font-family="system-ui,sans-serif" font-size="${fontSize}">`,
    `<title>${escapeMarkup(`Timeline: ${plot.history.title}`)}</title>`,
    `<desc>${escapeMarkup(inWords(plot))}</desc>`,
    plot.options.styled ? `<style>${timelineStyle}</style>` : "",
    `<rect class="ground" width="${width}" height="${height}" rx="6"/>`,
    ...drawBands(plot),
    ...drawFaultLabels(plot),
    drawAxes(plot),
    drawLimit(plot),
    ...(isFull ? drawPoints(plot, outcomes, grid) : drawRanges(plot, grid)),
    isFull ? drawPercentiles(plot) : "",
    ...drawReturns(plot),
    ...drawLanes(plot),
    ...(isFull ? [drawLegend(plot, legendTop), ...drawFaultList(plot, legendTop + 38)] : []),
    "</svg>",
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function latencyOf(operation: Operation, { latency }: Pick<TimelineOptions, "latency">): number {
  const untilMs =
    latency === "first byte" && operation.outcome === "ok"
      ? (operation.firstByteAtMs ?? operation.endedAtMs)
      : operation.endedAtMs;
  return Math.max(0, untilMs - operation.intendedAtMs);
}

function larger(left: number, right: number): number {
  return Math.max(left, right);
}

function smaller(left: number, right: number): number {
  return Math.min(left, right);
}

function inWords({ operations, options, returns }: Plot): string {
  const notOk = operations.filter(({ outcome }) => outcome !== "ok").length;
  const faults = returns.map((seen) => {
    const { name, injectedAtMs, healedAtMs } = seen.fault;
    const until = healedAtMs === null ? "the end" : formatDuration(healedAtMs);
    return `${name} from ${formatDuration(injectedAtMs)} to ${until}, ${returnInWords(seen)}`;
  });
  return (
    `Time to the ${options.latency} of ${formatNumberOf(operations.length, "request")}, of which ` +
    `${formatCount(notOk)} did not succeed. ${faults.length === 0 ? "No fault" : faults.join("; ")}.`
  );
}

function drawAxes({ frame, x, y, lanes, history, options }: Plot): string {
  const { left, right, plotTop, plotBottom, fontSize, ticksMax } = frame;
  const bottom = lanesBottom({ frame, lanes });
  const text = (at: string, words: string) => `<text ${at}>${words}</text>`;
  const rows = y.ticks.map((tick) => {
    const label = tick < 1_000 ? `${tick} ms` : `${tick / 1_000} s`;
    return text(`x="${left - 8}" y="${round(y.toPixel(tick)) + 4}" text-anchor="end"`, label);
  });
  const every = Math.ceil(x.ticks.length / ticksMax);
  const seconds = x.ticks.filter((_, index) => index % every === 0);
  const columns = seconds.map((tick) => {
    const at = `x="${round(x.toPixel(tick))}" y="${plotBottom + 5 + fontSize}" text-anchor="middle"`;
    return text(at, `${tick} s`);
  });
  const rules = [
    ...y.ticks.map((tick) => `M${left} ${round(y.toPixel(tick))}H${right}`),
    ...seconds.map((tick) => `M${round(x.toPixel(tick))} ${plotBottom}v4`),
    ...(lanes.length === 0 ? [] : [`M${left} ${bottom}H${right}`]),
  ];
  const title = history.faults.length === 0 ? `time to the ${options.latency}` : "";
  return [
    `<path class="rule" d="${rules.join("")}"/>`,
    ...rows,
    ...columns,
    title === "" ? "" : text(`x="${left}" y="${plotTop - fontSize}"`, title),
  ].join("");
}

function drawLimit({ frame, y, options }: Plot): string {
  if (options.limitMs === null) return "";
  const atY = round(y.toPixel(options.limitMs));
  // Above the plot stand the names of the faults.
  const isHigh = atY - frame.fontSize < frame.plotTop;
  const textY = isHigh ? atY + frame.fontSize + 2 : atY - 5;
  return (
    `<line class="limit" x1="${frame.left}" y1="${atY}" x2="${frame.right}" y2="${atY}"/>` +
    `<text class="limit-text" x="${frame.right}" y="${textY}" text-anchor="end">` +
    `limit ${formatDuration(options.limitMs)}</text>`
  );
}

/** A shape per outcome, because colour alone does not reach everyone. */
const marks: Readonly<Record<Outcome, string>> = {
  ok: "h0",
  failed: "m-3-3l6 6m0-6l-6 6",
  indeterminate: "m0-4l4 4l-4 4l-4-4z",
  dropped: "m-4-3h8l-4 7z",
};

function drawPoints(plot: Plot, drawn: readonly Outcome[], grid: number): readonly string[] {
  return drawn.map((outcome) => {
    const cells = new Map<string, Cell>();
    for (const operation of plot.operations) {
      if (operation.outcome !== outcome) continue;
      const cell = cellOf(operation, plot, grid);
      cells.set(cell.join(" "), cell);
    }
    if (cells.size === 0) return "";
    const ordered = [...cells.values()].toSorted(
      ([leftX, leftY], [rightX, rightY]) => leftX - rightX || leftY - rightY,
    );
    const path = outcome === "ok" ? dotsAt(ordered) : marksAt(ordered, marks[outcome]);
    return `<path class="${outcome}" d="${path}"/>`;
  });
}

type Cell = readonly [x: number, y: number];

function marksAt(cells: readonly Cell[], mark: string): string {
  return cells.map(([x, y]) => `M${x} ${y}${mark}`).join("");
}

/** Dots from one to the next by relative moves: half the bytes of absolute ones. */
function dotsAt(cells: readonly Cell[]): string {
  let [lastX, lastY] = [0, 0];
  return cells
    .map(([x, y]) => {
      const [byX, byY] = [x - lastX, y - lastY];
      [lastX, lastY] = [x, y];
      return `m${byX}${byY < 0 ? "" : " "}${byY}h0`;
    })
    .join("");
}

/** The grid cell in which an operation lies. */
function cellOf(operation: Operation, { frame, x, y, options }: Plot, grid: number): Cell {
  const snap = (value: number) => Math.round(value / grid) * grid;
  const atX = snap(x.toPixel(operation.intendedAtMs / 1_000));
  // What was never sent has no latency: it hangs at the upper edge.
  if (operation.outcome === "dropped") return [atX, frame.plotTop + 2];
  return [atX, snap(y.toPixel(latencyOf(operation, options)))];
}

/** From the fastest to the slowest good answer of each column, and a mark for each other outcome. */
function drawRanges(plot: Plot, grid: number): readonly string[] {
  const { left, binPixels } = plot.frame;
  const ranges = new Map<number, readonly [lowest: number, highest: number]>();
  for (const operation of plot.operations) {
    if (operation.outcome !== "ok") continue;
    const bin = Math.floor((plot.x.toPixel(operation.intendedAtMs / 1_000) - left) / binPixels);
    const atY = Math.round(plot.y.toPixel(latencyOf(operation, plot.options)));
    const [lowest, highest] = ranges.get(bin) ?? [atY, atY];
    ranges.set(bin, [Math.max(lowest, atY), Math.min(highest, atY)]);
  }
  const path = [...ranges]
    .toSorted(([earlier], [later]) => earlier - later)
    .map(([bin, [lowest, highest]]) => {
      return `M${left + (bin + 0.5) * binPixels} ${lowest + 1}V${highest - 1}`;
    });
  return [
    path.length === 0 ? "" : `<path class="range" d="${path.join("")}"/>`,
    ...drawPoints(plot, ["indeterminate", "failed", "dropped"], Math.max(2, grid)),
  ];
}

const percentileLines = [
  ["p50", 0.5, "median"],
  ["p95", 0.95, "95th"],
  ["p99", 0.99, "99th percentile, per second"],
] as const;

/** Percentiles of the good answers of each second. */
function drawPercentiles(plot: Plot): string {
  const seconds = new Map<number, number[]>();
  for (const operation of plot.operations) {
    if (operation.outcome !== "ok") continue;
    const second = Math.floor(operation.intendedAtMs / 1_000);
    const known = seconds.get(second) ?? [];
    known.push(latencyOf(operation, plot.options));
    seconds.set(second, known);
  }
  const ordered = [...seconds].toSorted(([earlier], [later]) => earlier - later);
  if (ordered.length < 2) return "";
  const lines = percentileLines.map(([name, share]) => {
    const points = ordered.map(([second, latenciesMs]) => {
      const value = quantile(latenciesMs, share) ?? 0;
      const atMs = Math.min((second + 0.5) * 1_000, plot.endMs);
      return `${placeOf(atMs, plot)} ${round(plot.y.toPixel(value))}`;
    });
    return `<path class="${name}" d="M${points.join("L")}"/>`;
  });
  return lines.join("");
}

function drawLegend({ frame, operations }: Plot, top: number): string {
  const count = (outcome: Outcome) =>
    operations.filter((operation) => operation.outcome === outcome).length;
  const entries: readonly (readonly [Outcome, string])[] = [
    ["ok", "ok"],
    ["failed", "failed"],
    ["indeterminate", "indeterminate"],
    ["dropped", "never sent"],
  ];
  const y = top + 28;
  const items = entries.map(([outcome, words], index) => {
    const x = frame.left + index * 125;
    return (
      `<path class="${outcome} legend" d="M${x} ${y - 4}${marks[outcome]}"/>` +
      `<text x="${x + 10}" y="${y}">${words} ${formatCount(count(outcome))}</text>`
    );
  });
  const lines = percentileLines.map(([name, , words], index) => {
    const x = frame.left + entries.length * 125 + index * 80;
    return (
      `<path class="${name}" d="M${x} ${y - 4}h18"/>` +
      `<text x="${x + 24}" y="${y}">${words}</text>`
    );
  });
  return [...items, ...lines].join("");
}
