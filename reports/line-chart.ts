import { escapeMarkup } from "./markup.ts";
import type { SeriesLine } from "./records.ts";
import type { Scale } from "./scale.ts";

/** Lines in a box: what a panel of a dashboard shows, and a row of a picture of the monitoring. */

/** Told apart on light and dark ground; after the last one the first comes again. */
const lineColours = [
  "#2b6cb0",
  "#c05621",
  "#2f855a",
  "#8a4fbf",
  "#b7791f",
  "#c53030",
  "#2c7a7b",
] as const;

export function colourOf(index: number): string {
  return lineColours[index % lineColours.length] ?? lineColours[0];
}

type Samples = SeriesLine["samples"];

function pixel(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Samples further apart than this are a gap and not a line. */
function gapOf(samples: Samples): number {
  const steps = samples.slice(1).map(([atMs], index) => atMs - (samples[index]?.[0] ?? atMs));
  return steps.length === 0 ? 0 : Math.min(...steps) * 2.5;
}

/** Path of one line, broken where samples are missing; steps keep a value until the next one. */
export function linePath(samples: Samples, x: Scale, y: Scale, isStepped = false): string {
  const gapMs = gapOf(samples);
  let lastMs = Number.NEGATIVE_INFINITY;
  return samples
    .map(([atMs, value]) => {
      const [atX, atY] = [pixel(x.toPixel(atMs)), pixel(y.toPixel(value))];
      const isBroken = !isStepped && atMs - lastMs > gapMs;
      const isFirst = lastMs === Number.NEGATIVE_INFINITY;
      lastMs = atMs;
      if (isFirst || isBroken) return `M${atX} ${atY}h0.1`;
      return isStepped ? `H${atX}V${atY}` : `L${atX} ${atY}`;
    })
    .join("");
}

/** A line with its name as a tooltip. */
export function drawLine(name: string, path: string, colour: string, isDashed = false): string {
  const dashes = isDashed ? ' stroke-dasharray="5 3"' : "";
  return (
    `<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.6" stroke-linejoin="round"` +
    `${dashes}><title>${escapeMarkup(name)}</title></path>`
  );
}

const suffixes = [
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
] as const;

/** A number of an axis in four characters or so. */
export function shortNumber(value: number): string {
  const [size, suffix] = suffixes.find(([least]) => Math.abs(value) >= least) ?? [1, ""];
  const scaled = value / size;
  return `${Number(scaled.toPrecision(3))}${suffix}`;
}
