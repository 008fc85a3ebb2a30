import { formatCount, formatDuration, formatNumberOf } from "./format.ts";
import { escapeMarkup } from "./markup.ts";
import { lastEndMs } from "./phases.ts";
import type { FaultWindow, History, Operation, Outcome } from "./records.ts";
import { linearScale, logScale, type Scale } from "./scale.ts";
import { quantile } from "./statistics.ts";

export interface TimelineOptions {
  /** What a point shows, from the intended moment on: the first byte, or the whole answer. */
  readonly latency: "first byte" | "whole answer";
  /** Draws only operations of this label; `null` draws all. */
  readonly label: string | null;
  /** The limit as a dashed line; `null` draws none. */
  readonly limitMs: number | null;
  readonly bytesMax: number;
}

const defaultTimeline: TimelineOptions = {
  latency: "whole answer",
  label: null,
  limitMs: null,
  bytesMax: 150_000,
};

const width = 960;
const left = 92;
const right = width - 16;
const plotTop = 46;
const plotBottom = 258;
const laneTop = plotBottom + 30;
const laneHeight = 20;
const laneGap = 6;
const fastestFloorMs = 0.1;
/** Points on a grid this coarse at most: coarser ones would no longer be a picture. */
const gridPixelsMax = 8;
const laneBinPixels = 6;
const laneHeadroom = 1.25;

interface Plot {
  readonly history: History;
  readonly options: TimelineOptions;
  readonly operations: readonly Operation[];
  readonly x: Scale;
  readonly y: Scale;
  readonly lanes: readonly string[];
  /** Answers of a column that fill a lane; one for all lanes, so that they can be compared. */
  readonly laneMost: number;
  readonly height: number;
}

/**
 * Draws a history as SVG: latency of every operation coloured by its outcome, the windows of its
 * faults, the limit, and a lane of answers per replica. Readable on light and dark ground.
 *
 * Points that fall on the same cell of a grid are drawn once, and the grid grows until the picture
 * fits `bytesMax`; every cell with an operation that is not ok keeps its mark.
 */
export function timeline(history: History, options: Partial<TimelineOptions> = {}): string {
  const plot = plotOf(history, { ...defaultTimeline, ...options });
  let drawing = draw(plot, 1);
  for (let grid = 2; grid <= gridPixelsMax; grid += 1) {
    if (Buffer.byteLength(drawing) <= plot.options.bytesMax) break;
    drawing = draw(plot, grid);
  }
  return drawing;
}

function plotOf(history: History, options: TimelineOptions): Plot {
  const operations = history.operations.filter(
    ({ label }) => options.label === null || label === options.label,
  );
  const endMs = Math.max(history.durationMs, lastEndMs(history.operations));
  const latenciesMs = operations.map((operation) => latencyOf(operation, options));
  const slowestMs = Math.max(1, options.limitMs ?? 0, latenciesMs.reduce(larger, 0));
  const fastestMs = latenciesMs.filter((each) => each > 0).reduce(smaller, slowestMs);
  const lanes = [...new Set(history.operations.flatMap(({ replica }) => replica ?? []))].sort();
  const lanesHeight = lanes.length * (laneHeight + laneGap);
  const x = linearScale(endMs / 1_000, left, right);
  const laneCounts = lanes.flatMap((replica) => [...binsOf(replica, { history, x }).values()]);
  return {
    history,
    options,
    operations,
    x,
    // A limit that touches the upper edge would not look like one.
    y: logScale(Math.max(fastestFloorMs, fastestMs), slowestMs * 1.2, plotBottom, plotTop),
    lanes,
    // Not the largest: the burst after a stall would press everything else flat.
    laneMost: Math.max(1, quantile(laneCounts, 0.95) ?? 1) * laneHeadroom,
    height: laneTop + lanesHeight + 52,
  };
}

function draw(plot: Plot, grid: number): string {
  const { history, height } = plot;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" ` +
      `class="timeline" font-family="system-ui,sans-serif" font-size="12">`,
    `<title>${escapeMarkup(`Timeline: ${history.title}`)}</title>`,
    `<desc>${escapeMarkup(inWords(plot))}</desc>`,
    `<style>${style}</style>`,
    `<rect class="ground" width="${width}" height="${height}" rx="6"/>`,
    ...history.faults.map((fault) => drawFault(fault, plot)),
    drawAxes(plot),
    drawLimit(plot),
    ...drawPoints(plot, grid),
    drawPercentiles(plot),
    ...plot.lanes.map((replica, index) => drawLane(replica, index, plot)),
    drawLegend(plot),
    "</svg>",
  ].join("\n");
}

const style = [
  ".timeline{--ink:#1c2733;--soft:#5a6978;--rule:#e4e9ee;--ground:#fff;--ok:#2b6cb0;--bad:#c62828;",
  "--unsure:#b45f06;--unsent:#7b1fa2;--fault:#c62828;--heal:#b45f06}",
  "@media(prefers-color-scheme:dark){.timeline{--ink:#e5ebf1;--soft:#9dabb9;--rule:#27323d;",
  "--ground:#131b23;--ok:#64a8ec;--bad:#ff6b61;--unsure:#f0a847;--unsent:#cf8ff0;--fault:#ff6b61;",
  "--heal:#f0a847}}",
  ".timeline .ground{fill:var(--ground)}.timeline text{fill:var(--soft)}",
  ".timeline .strong{fill:var(--ink);font-weight:600}.timeline .rule{stroke:var(--rule)}",
  ".timeline .ok{stroke:var(--ok);stroke-width:2.4;stroke-linecap:round;opacity:.5}",
  ".timeline .legend{opacity:1}",
  ".timeline .ok.legend{stroke-width:7}",
  ".timeline .failed{stroke:var(--bad);stroke-width:1.6;fill:none}",
  ".timeline .indeterminate{stroke:var(--unsure);stroke-width:1.6;fill:none}",
  ".timeline .dropped{stroke:var(--unsent);stroke-width:1.6;fill:none}",
  ".timeline .p95{stroke:var(--ink);stroke-width:1.4;fill:none}",
  ".timeline .lane{fill:var(--ok);opacity:.8}.timeline .track{fill:var(--rule);opacity:.5}",
  ".timeline .fault{fill:var(--fault);opacity:.13}.timeline .heal{fill:var(--heal);opacity:.13}",
  ".timeline .edge{stroke:var(--fault);stroke-width:1;fill:none}",
  ".timeline .edge.back{stroke:var(--heal)}",
  ".timeline .limit{stroke:var(--bad);stroke-width:1.4;stroke-dasharray:6 4}",
  ".timeline .limit-text{fill:var(--bad)}",
].join("");

function latencyOf(operation: Operation, { latency }: TimelineOptions): number {
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

function inWords({ history, operations, options }: Plot): string {
  const notOk = operations.filter(({ outcome }) => outcome !== "ok").length;
  const faults = history.faults.map(
    ({ name, injectedAtMs, healedAtMs }) =>
      `${name} from ${formatDuration(injectedAtMs)} to ` +
      (healedAtMs === null ? "the end" : formatDuration(healedAtMs)),
  );
  return (
    `Time to the ${options.latency} of ${formatNumberOf(operations.length, "request")}, of which ` +
    `${formatCount(notOk)} did not succeed. ${faults.length === 0 ? "No fault" : faults.join("; ")}.`
  );
}

function drawFault(fault: FaultWindow, { x, lanes, history }: Plot): string {
  const bottom = laneTop + lanes.length * (laneHeight + laneGap);
  const at = (ms: number) => round(x.toPixel(ms / 1_000));
  const endMs = Math.max(history.durationMs, lastEndMs(history.operations));
  const from = at(fault.injectedAtMs);
  const back = at(fault.recoveredAtMs ?? fault.healedAtMs ?? endMs);
  const to = at(fault.healedAtMs ?? endMs);
  // Two pieces, so that the seconds between plot and lanes stay readable.
  const band = (name: string, start: number, end: number) => {
    const h = `h${round(Math.max(1, end - start))}`;
    const piece = (top: number, low: number) => `M${start} ${top}${h}V${low}H${start}z`;
    return `<path class="${name}" d="${piece(plotTop, plotBottom)}${piece(laneTop, bottom)}"/>`;
  };
  const edge = (name: string, atX: number) =>
    `<path class="${name}" d="M${atX} ${plotTop - 6}V${plotBottom}M${atX} ${laneTop}V${bottom}"/>`;
  const heldMs = (fault.recoveredAtMs ?? fault.healedAtMs ?? endMs) - fault.injectedAtMs;
  const ending =
    fault.healedAtMs === null
      ? "never seen healthy again"
      : `healthy after ${formatDuration(fault.healedAtMs - fault.injectedAtMs)}`;
  // Near the right edge the words would leave the picture, so they end at the window instead.
  const isLate = from > width * 0.6;
  return [
    band("fault", from, back),
    band("heal", back, to),
    edge("edge", from),
    edge("edge back", to),
    `<text class="strong" x="${isLate ? to : from}" y="18"${isLate ? ' text-anchor="end"' : ""}>` +
      `${escapeMarkup(fault.name)}</text>`,
    `<text x="${isLate ? to : from}" y="33"${isLate ? ' text-anchor="end"' : ""}>` +
      `${escapeMarkup(`held ${formatDuration(heldMs)}, ${ending}`)}</text>`,
  ].join("");
}

function drawAxes({ x, y, lanes, history, options }: Plot): string {
  const bottom = laneTop + lanes.length * (laneHeight + laneGap);
  const rows = y.ticks.map((tick) => {
    const atY = round(y.toPixel(tick));
    const label = tick < 1_000 ? `${tick} ms` : `${tick / 1_000} s`;
    return (
      `<line class="rule" x1="${left}" y1="${atY}" x2="${right}" y2="${atY}"/>` +
      `<text x="${left - 8}" y="${atY + 4}" text-anchor="end">${label}</text>`
    );
  });
  const columns = x.ticks.map((tick) => {
    const atX = round(x.toPixel(tick));
    return (
      `<line class="rule" x1="${atX}" y1="${plotBottom}" x2="${atX}" y2="${plotBottom + 4}"/>` +
      `<text x="${atX}" y="${plotBottom + 17}" text-anchor="middle">${tick} s</text>`
    );
  });
  const label = history.faults.length === 0 ? `time to the ${options.latency}` : "";
  return [
    ...rows,
    ...columns,
    `<text x="${left}" y="${plotTop - 12}">${label}</text>`,
    lanes.length === 0
      ? ""
      : `<line class="rule" x1="${left}" y1="${bottom}" x2="${right}" y2="${bottom}"/>`,
  ].join("");
}

function drawLimit({ y, options }: Plot): string {
  if (options.limitMs === null) return "";
  const atY = round(y.toPixel(options.limitMs));
  return (
    `<line class="limit" x1="${left}" y1="${atY}" x2="${right}" y2="${atY}"/>` +
    `<text class="limit-text" x="${right}" y="${atY - 5}" text-anchor="end">` +
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

function drawPoints(plot: Plot, grid: number): readonly string[] {
  const outcomes: readonly Outcome[] = ["ok", "indeterminate", "failed", "dropped"];
  return outcomes.map((outcome) => {
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
function cellOf(operation: Operation, { x, y, options }: Plot, grid: number): Cell {
  const snap = (value: number) => Math.round(value / grid) * grid;
  const atX = snap(x.toPixel(operation.intendedAtMs / 1_000));
  // What was never sent has no latency: it hangs at the upper edge.
  if (operation.outcome === "dropped") return [atX, plotTop + 2];
  return [atX, snap(y.toPixel(latencyOf(operation, options)))];
}

/** The 95th percentile of the good answers of each second. */
function drawPercentiles({ operations, options, x, y }: Plot): string {
  const seconds = new Map<number, number[]>();
  for (const operation of operations) {
    if (operation.outcome !== "ok") continue;
    const second = Math.floor(operation.intendedAtMs / 1_000);
    const known = seconds.get(second) ?? [];
    known.push(latencyOf(operation, options));
    seconds.set(second, known);
  }
  const points = [...seconds]
    .toSorted(([earlier], [later]) => earlier - later)
    .map(([second, latenciesMs]) => {
      const value = quantile(latenciesMs, 0.95) ?? 0;
      return `${round(x.toPixel(second + 0.5))} ${round(y.toPixel(value))}`;
    });
  return points.length < 2 ? "" : `<path class="p95" d="M${points.join("L")}"/>`;
}

function drawLane(replica: string, index: number, plot: Plot): string {
  const top = laneTop + index * (laneHeight + laneGap);
  const base = top + laneHeight;
  const counts = binsOf(replica, plot);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const bins = [...counts].toSorted(([earlier], [later]) => earlier - later);
  let previous = Number.NEGATIVE_INFINITY;
  const steps = bins.map(([bin, count]) => {
    const full = Math.min(1, count / plot.laneMost);
    const height = Math.max(1, Math.round(full * laneHeight));
    const start = bin === previous + 1 ? "" : `V${base}M${bin * laneBinPixels} ${base}`;
    previous = bin;
    return `${start}V${base - height}h${laneBinPixels}`;
  });
  // The first bin has nothing before it that would have to come down.
  const path = `${steps.join("").replace(/^V\d+/, "")}V${base}`;
  return [
    `<rect class="track" x="${left}" y="${top}" width="${right - left}" height="${laneHeight}"/>`,
    `<text x="${left - 8}" y="${top + 14}" text-anchor="end" font-size="11">` +
      `${escapeMarkup(replica.slice(0, 12))}</text>`,
    `<path class="lane" d="${path}">` +
      `<title>${escapeMarkup(`${replica}: ${formatNumberOf(total, "answer")}`)}</title></path>`,
  ].join("");
}

/** Answers of one replica by column of the picture. */
function binsOf(
  replica: string,
  { history, x }: Pick<Plot, "history" | "x">,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const operation of history.operations) {
    if (operation.replica !== replica) continue;
    const pixel = Math.min(right - laneBinPixels, x.toPixel(operation.endedAtMs / 1_000));
    const bin = Math.floor(pixel / laneBinPixels);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return counts;
}

function drawLegend({ operations, height }: Plot): string {
  const count = (outcome: Outcome) =>
    operations.filter((operation) => operation.outcome === outcome).length;
  const entries: readonly (readonly [Outcome, string])[] = [
    ["ok", "ok"],
    ["failed", "failed"],
    ["indeterminate", "indeterminate"],
    ["dropped", "never sent"],
  ];
  const y = height - 18;
  const items = entries.map(([outcome, words], index) => {
    const x = left + index * 160;
    return (
      `<path class="${outcome} legend" d="M${x} ${y - 4}${marks[outcome]}"/>` +
      `<text x="${x + 10}" y="${y}">${words} ${formatCount(count(outcome))}</text>`
    );
  });
  const lineX = left + entries.length * 160;
  return [
    ...items,
    `<path class="p95" d="M${lineX} ${y - 4}h18"/>`,
    `<text x="${lineX + 24}" y="${y}">95th percentile per second</text>`,
  ].join("");
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
