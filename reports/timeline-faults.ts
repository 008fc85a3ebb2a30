import { formatDuration } from "./format.ts";
import { escapeMarkup } from "./markup.ts";
import type { FaultWindow } from "./records.ts";
import { wholeAfterMs, type FaultReturn } from "./returns.ts";
import { lanesBottom, placeOf, textWidth, type Plot } from "./timeline-frame.ts";

/** A fault that was held for less than this was over as soon as it was seen. */
const heldMsMin = 100;
/** A list below the drawing that is longer is no caption. */
const listedMax = 12;
const lineHeight = 16;
const barHeight = 6;

/** What happened to the target, without the name of the fault. */
function faultInWords(fault: FaultWindow): string {
  const { injectedAtMs, effectiveAtMs, recoveredAtMs, healedAtMs } = fault;
  if (effectiveAtMs === null) return "not proved in effect";
  const heldMs = (recoveredAtMs ?? healedAtMs ?? effectiveAtMs) - injectedAtMs;
  const isHeld = (recoveredAtMs ?? effectiveAtMs) - effectiveAtMs >= heldMsMin;
  const ending =
    healedAtMs === null
      ? "never seen healthy again"
      : `healthy after ${formatDuration(healedAtMs - injectedAtMs)}`;
  return isHeld ? `held ${formatDuration(heldMs)}, ${ending}` : ending;
}

/** When clients had what they had before, counted from the harm. */
export function returnInWords(seen: FaultReturn): string {
  const whole = wholeAfterMs(seen);
  const service = serviceInWords(seen);
  return whole === null ? service : `${service}, all replicas after ${formatDuration(whole)}`;
}

function serviceInWords({ serviceAfterMs }: FaultReturn): string {
  if (serviceAfterMs === null) return "service not seen back";
  return serviceAfterMs === 0
    ? "no request failed"
    : `service back after ${formatDuration(serviceAfterMs)}`;
}

export function drawBands(plot: Plot): readonly string[] {
  return plot.history.faults.map((fault) => drawBand(fault, plot));
}

function drawBand(fault: FaultWindow, plot: Plot): string {
  const { plotTop, plotBottom, laneTop } = plot.frame;
  const bottom = lanesBottom(plot);
  const { injectedAtMs, effectiveAtMs, recoveredAtMs, healedAtMs } = fault;
  const from = placeOf(injectedAtMs, plot);
  // Two pieces, so that the seconds between plot and lanes stay readable.
  const both = (start: number, width: string) => {
    const piece = (top: number, low: number) => `M${start} ${top}${width}V${low}H${start}z`;
    return `${piece(plotTop, plotBottom)}${piece(laneTop, bottom)}`;
  };
  const band = (name: string, start: number, end: number) =>
    `<path class="${name}" d="${both(start, `h${Math.max(1, Math.round((end - start) * 10) / 10)}`)}"/>`;
  const edge = (name: string, atX: number) =>
    `<path class="edge ${name}" d="M${atX} ${plotTop - 6}V${plotBottom}M${atX} ${laneTop}V${bottom}"/>`;
  if (effectiveAtMs === null) return edge("unproved", from);
  const back = placeOf(recoveredAtMs ?? healedAtMs ?? plot.endMs, plot);
  const to = placeOf(healedAtMs ?? plot.endMs, plot);
  return [
    band("fault", from, back),
    band("heal", back, to),
    edge("", from),
    healedAtMs === null ? "" : edge("back", to),
  ].join("");
}

interface Label {
  readonly name: string;
  readonly words: string;
  readonly x: number;
  readonly anchor: "start" | "end";
}

/** Whether each fault can be written above its window; otherwise they are numbered. */
function areNumbered(plot: Plot): boolean {
  let lastEnd = Number.NEGATIVE_INFINITY;
  for (const { name, words, x, anchor } of labelsOf(plot)) {
    const width = Math.max(
      textWidth(name, plot.frame.fontSize * 1.08),
      textWidth(words, plot.frame.fontSize),
    );
    const start = anchor === "start" ? x : x - width;
    if (start < lastEnd + 8 || start + width > plot.frame.width) return true;
    lastEnd = start + width;
  }
  return false;
}

/** In the order of their harm. */
function inOrder({ history }: Pick<Plot, "history">): readonly FaultWindow[] {
  return history.faults.toSorted((left, right) => left.injectedAtMs - right.injectedAtMs);
}

function labelsOf(plot: Plot): readonly Label[] {
  const isSmall = plot.options.size === "thumbnail";
  return inOrder(plot).map((fault) => {
    const from = placeOf(fault.injectedAtMs, plot);
    // Near the right edge the words would leave the picture, so they end at the window instead.
    const isLate = from > plot.frame.width * 0.6;
    return {
      name: fault.name,
      words: isSmall ? "" : faultInWords(fault),
      x: isLate ? placeOf(fault.healedAtMs ?? plot.endMs, plot) : from,
      anchor: isLate ? "end" : "start",
    };
  });
}

export function drawFaultLabels(plot: Plot): readonly string[] {
  const { plotTop } = plot.frame;
  if (!areNumbered(plot)) {
    return labelsOf(plot).map(({ name, words, x, anchor }) => {
      const place = anchor === "end" ? ' text-anchor="end"' : "";
      const second =
        words === ""
          ? ""
          : `<text x="${x}" y="${plotTop - 13}"${place}>${escapeMarkup(words)}</text>`;
      const top = words === "" ? plotTop - 8 : plotTop - 28;
      return `<text class="strong" x="${x}" y="${top}"${place}>${escapeMarkup(name)}</text>${second}`;
    });
  }
  let lastX = Number.NEGATIVE_INFINITY;
  return inOrder(plot).map((fault, index) => {
    const x = Math.max(placeOf(fault.injectedAtMs, plot), lastX + 12);
    lastX = x;
    return `<text class="strong" x="${x}" y="${plotTop - 9}">${index + 1}</text>`;
  });
}

/** What the numbers stand for; a thumbnail leaves that to the page around it. */
function listedFaults(plot: Plot): readonly string[] {
  if (plot.options.size === "thumbnail" || !areNumbered(plot)) return [];
  const lines = inOrder(plot).map(
    (fault, index) => `${index + 1}  ${fault.name}: ${faultInWords(fault)}`,
  );
  const more = lines.length - listedMax;
  return more > 0 ? [...lines.slice(0, listedMax), `and ${more} more`] : lines;
}

export function listHeight(plot: Plot): number {
  const { length } = listedFaults(plot);
  return length === 0 ? 0 : length * lineHeight + 8;
}

export function drawFaultList(plot: Plot, top: number): readonly string[] {
  return listedFaults(plot).map(
    (line, index) =>
      `<text x="${plot.frame.left}" y="${top + (index + 1) * lineHeight}">${escapeMarkup(line)}</text>`,
  );
}

/** A row of bars: until the service was back, and from there until all replicas were. */
export function drawReturns(plot: Plot): readonly string[] {
  const { frame, returns } = plot;
  if (returns.length === 0) return [];
  const middle = frame.laneTop - 13;
  return [
    `<text x="${frame.left - 8}" y="${middle + 4}" text-anchor="end" ` +
      `font-size="${frame.fontSize - 1}">recovery</text>`,
    ...returns.map((seen, index) => drawReturn(seen, returns[index + 1], middle, plot)),
  ];
}

function drawReturn(
  seen: FaultReturn,
  next: FaultReturn | undefined,
  middle: number,
  plot: Plot,
): string {
  const { fault, serviceAfterMs, capacityAfterMs } = seen;
  if (fault.effectiveAtMs === null) return "";
  const bar = (name: string, fromMs: number, toMs: number) => {
    const from = placeOf(fromMs, plot);
    const width = Math.max(2, Math.round(placeOf(toMs, plot) - from));
    return `<path class="${name}" d="M${from} ${middle - barHeight / 2}h${width}v${barHeight}h-${width}z"/>`;
  };
  const backMs = serviceAfterMs === null ? plot.endMs : fault.injectedAtMs + serviceAfterMs;
  const hasReplicas = plot.lanes.length > 0;
  const fullMs =
    capacityAfterMs === null ? plot.endMs : Math.max(backMs, fault.injectedAtMs + capacityAfterMs);
  const end = placeOf(hasReplicas ? fullMs : backMs, plot);
  const room =
    (next === undefined ? plot.frame.right : placeOf(next.fault.injectedAtMs, plot)) - end;
  return [
    `<g><title>${escapeMarkup(`${fault.name}: ${returnInWords(seen)}`)}</title>`,
    bar("away", fault.injectedAtMs, backMs),
    hasReplicas && fullMs > backMs ? bar("partial", backMs, fullMs) : "",
    ...dueTicks(fault, middle, plot),
    returnText(seen, end, room, middle, plot),
    "</g>",
  ].join("");
}

/** The longest of a few wordings for which there is room before the next fault. */
function returnText(seen: FaultReturn, end: number, room: number, middle: number, plot: Plot) {
  const whole = wholeAfterMs(seen);
  const wordings =
    whole === null
      ? [serviceInWords(seen)]
      : [returnInWords(seen), `all replicas after ${formatDuration(whole)}`, formatDuration(whole)];
  const size = plot.frame.fontSize - 1;
  const fitting = wordings.find((words) => textWidth(words, size) + 10 <= room);
  if (fitting === undefined) return "";
  return `<text x="${end + 6}" y="${middle + 4}" font-size="${size}">${escapeMarkup(fitting)}</text>`;
}

/** By when the promise wants service and capacity back. */
function dueTicks(fault: FaultWindow, middle: number, plot: Plot): readonly string[] {
  const { recovery } = plot.options;
  if (recovery === null) return [];
  const sinceMs = recovery.since === "injected" ? fault.injectedAtMs : fault.recoveredAtMs;
  if (sinceMs === null) return [];
  return [recovery.serviceMsMax, recovery.capacityMsMax]
    .filter((limitMs) => limitMs !== null)
    .map((limitMs) => {
      const x = placeOf(sinceMs + limitMs, plot);
      if (x > plot.frame.right) return "";
      return `<path class="due" d="M${x} ${middle - 8}v16"/>`;
    });
}
