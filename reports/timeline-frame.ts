import type { History, Operation } from "./records.ts";
import type { FaultReturn } from "./returns.ts";
import type { Scale } from "./scale.ts";
import type { RecoveryObjective } from "./slo.ts";

/** When service and capacity have to be back, as ticks below the plot. */
type RecoveryLines = Pick<RecoveryObjective, "since" | "serviceMsMax" | "capacityMsMax">;

export interface TimelineOptions {
  /** What a point shows, from the intended moment on: the first byte, or the whole answer. */
  readonly latency: "first byte" | "whole answer";
  /** Draws only operations of this label; `null` draws all. */
  readonly label: string | null;
  /** The limit as a dashed line; `null` draws none. */
  readonly limitMs: number | null;
  /** What is promised about recovery; `null` where nothing is. */
  readonly recovery: RecoveryLines | null;
  readonly bytesMax: number;
  /** A thumbnail shows ranges in place of points, and leaves words to the page around it. */
  readonly size: "full" | "thumbnail";
  /** Whether the drawing brings its own style; a page with many of them has it once. */
  readonly styled: boolean;
}

/** Where things stand in a drawing, in units of its own. */
export interface Frame {
  readonly width: number;
  readonly left: number;
  readonly right: number;
  readonly plotTop: number;
  readonly plotBottom: number;
  readonly laneTop: number;
  readonly laneHeight: number;
  readonly laneGap: number;
  readonly binPixels: number;
  readonly fontSize: number;
  readonly ticksMax: number;
  readonly gridPixelsMax: number;
}

const recoveryHeight = 20;

/** The frame of one size; a history with faults has a row for their recovery. */
export function frameOf(size: TimelineOptions["size"], hasFaults: boolean): Frame {
  const extra = hasFaults ? recoveryHeight : 0;
  if (size === "thumbnail") {
    return {
      width: 480,
      left: 62,
      right: 472,
      plotTop: 20,
      plotBottom: 108,
      laneTop: 126 + extra,
      laneHeight: 9,
      laneGap: 4,
      binPixels: 8,
      fontSize: 10,
      ticksMax: 5,
      gridPixelsMax: 16,
    };
  }
  return {
    width: 960,
    left: 92,
    right: 944,
    plotTop: 46,
    plotBottom: 258,
    laneTop: 288 + extra,
    laneHeight: 20,
    laneGap: 6,
    binPixels: 6,
    fontSize: 12,
    ticksMax: 9,
    gridPixelsMax: 8,
  };
}

/** One replica with the answers that it gave, by column of the picture. */
export interface Lane {
  readonly name: string;
  /** What it called itself in its answers: more than one where its container was replaced. */
  readonly replicas: readonly string[];
  readonly counts: ReadonlyMap<number, number>;
}

export interface Plot {
  readonly history: History;
  readonly options: TimelineOptions;
  readonly frame: Frame;
  readonly operations: readonly Operation[];
  readonly endMs: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly lanes: readonly Lane[];
  readonly returns: readonly FaultReturn[];
}

/** Horizontal place of a moment of the history. */
export function placeOf(ms: number, { x }: Pick<Plot, "x">): number {
  return round(x.toPixel(ms / 1_000));
}

export function lanesBottom({ frame, lanes }: Pick<Plot, "frame" | "lanes">): number {
  return frame.laneTop + lanes.length * (frame.laneHeight + frame.laneGap);
}

/** About how wide a text is; no font is at hand to measure it. */
export function textWidth(text: string, fontSize: number): number {
  return text.length * fontSize * 0.52;
}

export function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
