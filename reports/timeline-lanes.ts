import { formatNumberOf } from "./format.ts";
import { escapeMarkup } from "./markup.ts";
import type { History, Operation } from "./records.ts";
import { nameReplicas } from "./replica-names.ts";
import type { Scale } from "./scale.ts";
import { quantile } from "./statistics.ts";
import type { Frame, Lane, Plot } from "./timeline-frame.ts";
import { placeOf } from "./timeline-frame.ts";

/** More lanes than this are no longer compared by eye. */
const lanesMax = 8;
const laneHeadroom = 1.25;

/** A lane for every replica that answered, by the name of its container where that is known. */
export function lanesOf(history: History, frame: Frame, x: Scale): readonly Lane[] {
  const nameOf = nameReplicas(history);
  const replicas = [...new Set(history.operations.flatMap(({ replica }) => replica ?? []))].sort();
  const byName = new Map<string, string[]>();
  for (const replica of replicas) {
    const name = nameOf(replica);
    byName.set(name, [...(byName.get(name) ?? []), replica]);
  }
  return [...byName]
    .toSorted(([left], [right]) => left.localeCompare(right))
    .slice(0, lanesMax)
    .map(([name, own]) => ({
      name,
      replicas: own,
      counts: binsOf(
        history.operations.filter(({ replica }) => replica !== null && own.includes(replica)),
        frame,
        x,
      ),
    }));
}

function binsOf(
  answers: readonly Operation[],
  { left, right, binPixels }: Frame,
  x: Scale,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { endedAtMs } of answers) {
    const pixel = Math.min(right - binPixels, x.toPixel(endedAtMs / 1_000));
    const bin = Math.floor((pixel - left) / binPixels);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return counts;
}

export function drawLanes(plot: Plot): readonly string[] {
  const all = plot.lanes.flatMap(({ counts }) => [...counts.values()]);
  // Not the largest: the burst after a stall would press everything else flat.
  const most = Math.max(1, quantile(all, 0.95) ?? 1) * laneHeadroom;
  return plot.lanes.map((lane, index) => drawLane(lane, index, most, plot));
}

function drawLane({ name, replicas, counts }: Lane, index: number, most: number, plot: Plot) {
  const { left, right, laneTop, laneHeight, laneGap, binPixels, fontSize } = plot.frame;
  const top = laneTop + index * (laneHeight + laneGap);
  const base = top + laneHeight;
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const bins = [...counts].toSorted(([earlier], [later]) => earlier - later);
  let previous = Number.NEGATIVE_INFINITY;
  const steps = bins.map(([bin, count]) => {
    const height = Math.max(1, Math.round(Math.min(1, count / most) * laneHeight));
    const start = bin === previous + 1 ? "" : `V${base}M${left + bin * binPixels} ${base}`;
    previous = bin;
    return `${start}V${base - height}h${binPixels}`;
  });
  // The first bin has nothing before it that would have to come down.
  const path = `${steps.join("").replace(/^V\d+/, "")}V${base}`;
  const words = `${name} (${replicas.join(", ")}): ${formatNumberOf(total, "answer")}`;
  return [
    `<rect class="track" x="${left}" y="${top}" width="${right - left}" height="${laneHeight}"/>`,
    ...hurtOn(replicas, top, plot),
    `<text x="${left - 8}" y="${top + laneHeight - (laneHeight - fontSize + 2) / 2}" ` +
      `text-anchor="end" font-size="${fontSize - 1}">${escapeMarkup(name)}</text>`,
    `<path class="lane" d="${path}"><title>${escapeMarkup(words)}</title></path>`,
  ].join("");
}

/** Which replica a fault was aimed at, and for how long. */
function hurtOn(replicas: readonly string[], top: number, plot: Plot): readonly string[] {
  return plot.history.faults
    .filter(({ replica, effectiveAtMs }) => {
      return replica !== null && effectiveAtMs !== null && replicas.includes(replica);
    })
    .map(({ injectedAtMs, healedAtMs }) => {
      const from = placeOf(injectedAtMs, plot);
      const to = placeOf(healedAtMs ?? plot.endMs, plot);
      const width = Math.max(1, Math.round(to - from));
      return `<rect class="hurt" x="${from}" y="${top}" width="${width}" height="${plot.frame.laneHeight}"/>`;
    });
}
