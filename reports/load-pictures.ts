import { formatCount, formatDuration, formatNumberOf, formatShare } from "./format.ts";
import { stepFigures, type StepFigures } from "./load-steps.ts";
import { escapeMarkup } from "./markup.ts";
import type { History, Operation } from "./records.ts";
import { nameReplicas } from "./replica-names.ts";
import { linearScale, logScale, type Scale } from "./scale.ts";
import { quantile } from "./statistics.ts";
import type { TimelineOptions } from "./timeline-frame.ts";
import { timelineStyle } from "./timeline-style.ts";

/** One picture of a load, with the name that an attachment has. */
export interface LoadPicture {
  readonly name: string;
  readonly drawing: string;
}

export type LoadPictureOptions = Pick<TimelineOptions, "latency" | "label" | "limitMs" | "styled">;

const loadPictureDefaults: LoadPictureOptions = {
  latency: "whole answer",
  label: null,
  limitMs: null,
  styled: true,
};

const width = 470;
const height = 230;
const plot = { left: 58, right: 458, top: 34, bottom: 178 } as const;
const barsPerDecade = 12;
const fastestMs = 0.1;

/** What a load without faults looks like beside its timeline; nothing where nothing was answered. */
export function loadPictures(
  history: History,
  chosen: Partial<LoadPictureOptions> = {},
): readonly LoadPicture[] {
  const options = { ...loadPictureDefaults, ...chosen };
  const good = history.operations.filter(({ outcome }) => outcome === "ok");
  if (good.length === 0 || history.faults.length > 0) return [];
  const curve = stepFigures(history);
  const shares = drawShares(history, good, options);
  return [
    { name: "Latency histogram", drawing: drawHistogram(history, good, options) },
    ...(shares === null ? [] : [{ name: "Shares of replicas per second", drawing: shares }]),
    ...(curve.length < 2
      ? []
      : [{ name: "Capacity curve", drawing: drawCurve(history, curve, options) }]),
  ];
}

function frame(
  title: string,
  words: string,
  parts: readonly string[],
  { styled }: LoadPictureOptions,
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" ` +
      `class="timeline" font-family="system-ui,sans-serif" font-size="11">`,
    `<title>${escapeMarkup(title)}</title><desc>${escapeMarkup(words)}</desc>`,
    styled ? `<style>${timelineStyle}</style>` : "",
    `<rect class="ground" width="${width}" height="${height}" rx="6"/>`,
    `<text class="strong" x="${plot.left}" y="18">${escapeMarkup(title)}</text>`,
    ...parts,
    "</svg>",
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function at(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

function milliseconds(tick: number): string {
  return tick < 1_000 ? `${tick} ms` : `${tick / 1_000} s`;
}

function rows(y: Scale, inWords: (tick: number) => string): string {
  return y.ticks
    .map((tick) => {
      const atY = at(y.toPixel(tick));
      return (
        `<path class="rule" d="M${plot.left} ${atY}H${plot.right}"/>` +
        `<text x="${plot.left - 6}" y="${atY + 4}" text-anchor="end">${inWords(tick)}</text>`
      );
    })
    .join("");
}

function columns(x: Scale, inWords: (tick: number) => string): string {
  return x.ticks
    .map((tick) => {
      const atX = at(x.toPixel(tick));
      return (
        `<path class="rule" d="M${atX} ${plot.bottom}v4"/>` +
        `<text x="${atX}" y="${plot.bottom + 17}" text-anchor="middle">${inWords(tick)}</text>`
      );
    })
    .join("");
}

function legend(entries: readonly (readonly [mark: string, words: string])[]): string {
  const apart = Math.min(200, (plot.right - plot.left + 30) / entries.length);
  return entries
    .map(([mark, words], index) => {
      const x = at(plot.left - 30 + index * apart);
      const y = height - 14;
      return `<g transform="translate(${x} ${y - 4})">${mark}</g><text x="${x + 24}" y="${y}">${escapeMarkup(words)}</text>`;
    })
    .join("");
}

function limitLine(atX: number, limitMs: number): string {
  return (
    `<path class="limit" d="M${at(atX)} ${plot.top}V${plot.bottom}"/>` +
    `<text class="limit-text" x="${at(atX) + 4}" y="${plot.top + 10}">limit ${formatDuration(limitMs)}</text>`
  );
}

/** Whole answers from the intended moment as bars, and the service time alone as a line. */
function drawHistogram(
  { title }: History,
  good: readonly Operation[],
  options: LoadPictureOptions,
): string {
  const { latency, label } = options;
  const own = good.filter((each) => label === null || each.label === label);
  const endOf = ({ firstByteAtMs, endedAtMs }: Operation) =>
    latency === "first byte" ? (firstByteAtMs ?? endedAtMs) : endedAtMs;
  const latencies = own.map((each) => endOf(each) - each.intendedAtMs);
  const services = own.map((each) => endOf(each) - (each.sentAtMs ?? each.intendedAtMs));
  const slowestMs = latencies.reduce((most, each) => Math.max(most, each), options.limitMs ?? 1);
  const x = logScale(
    Math.max(fastestMs, quantile(services, 0) ?? fastestMs),
    slowestMs,
    plot.left,
    plot.right,
  );
  const bars = countsByBar(latencies);
  const lines = countsByBar(services);
  const most = Math.max(...bars.values(), ...lines.values());
  const y = linearScale(most, plot.bottom, plot.top);
  const edge = (bar: number) => x.toPixel(10 ** (bar / barsPerDecade));
  const bodies = [...bars].map(([bar, count]) => {
    const [from, to] = [edge(bar), edge(bar + 1)];
    const top = y.toPixel(count);
    return `M${at(from)} ${plot.bottom}V${at(top)}H${at(to - 0.6)}V${plot.bottom}z`;
  });
  const outline = [...lines]
    .toSorted(([left], [right]) => left - right)
    .map(([bar, count]) => `M${at(edge(bar))} ${at(y.toPixel(count))}H${at(edge(bar + 1))}`);
  const percentiles = ([0.5, 0.99] as const).map((share) => {
    const value = quantile(latencies, share) ?? 0;
    const words = `${formatShare(share, 0)} within ${formatDuration(value)}`;
    return { atX: x.toPixel(value), words };
  });
  const words = `${formatNumberOf(own.length, "good answer")}: ${percentiles.map((each) => each.words).join(", ")}`;
  return frame(
    `Time to the ${latency}${label === null ? "" : `, ${label}`}`,
    `${title}. ${words}`,
    [
      rows(y, formatCount),
      columns(x, milliseconds),
      `<path class="lane" d="${bodies.join("")}"/>`,
      `<path class="p95" d="${outline.join("")}"/>`,
      ...percentiles.map(
        ({ atX }) => `<path class="p99" d="M${at(atX)} ${plot.top}V${plot.bottom}"/>`,
      ),
      options.limitMs === null ? "" : limitLine(x.toPixel(options.limitMs), options.limitMs),
      `<text x="${plot.right}" y="18" text-anchor="end">${percentiles.map((each) => each.words).join(", ")}</text>`,
      legend([
        [`<rect class="lane" y="-5" width="18" height="9"/>`, "from when it was due"],
        [`<path class="p95" d="M0 0h18"/>`, "from when it was sent"],
      ]),
    ],
    options,
  );
}

function countsByBar(values: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) {
    const bar = Math.floor(Math.log10(Math.max(fastestMs, value)) * barsPerDecade);
    counts.set(bar, (counts.get(bar) ?? 0) + 1);
  }
  return counts;
}

const shareClasses = ["lane", "lane second", "lane third"] as const;

/** Each second of the load as a column, divided by who answered in it. */
function drawShares(
  history: History,
  good: readonly Operation[],
  options: LoadPictureOptions,
): string | null {
  const nameOf = nameReplicas(history);
  const bySecond = new Map<number, Map<string, number>>();
  for (const { replica, endedAtMs } of good) {
    if (replica === null) continue;
    const second = Math.floor(endedAtMs / 1_000);
    const counts = bySecond.get(second) ?? new Map<string, number>();
    counts.set(nameOf(replica), (counts.get(nameOf(replica)) ?? 0) + 1);
    bySecond.set(second, counts);
  }
  const names = [...new Set([...bySecond.values()].flatMap((counts) => [...counts.keys()]))].sort();
  if (names.length < 2 || bySecond.size < 2) return null;
  const seconds = Math.max(...bySecond.keys()) + 1;
  const x = linearScale(seconds, plot.left, plot.right);
  const y = linearScale(1, plot.bottom, plot.top);
  const totals = names.map((name) => {
    return [...bySecond.values()].reduce((sum, counts) => sum + (counts.get(name) ?? 0), 0);
  });
  const total = totals.reduce((sum, count) => sum + count, 0);
  const paths = names.map((_, index) => {
    const parts = [...bySecond].map(([second, counts]) => {
      const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
      const upTo = (end: number) =>
        names.slice(0, end).reduce((sum, name) => sum + (counts.get(name) ?? 0), 0) / all;
      const [low, high] = [y.toPixel(upTo(index)), y.toPixel(upTo(index + 1))];
      const [from, to] = [x.toPixel(second), x.toPixel(second + 1) - 0.6];
      return `M${at(from)} ${at(low)}V${at(high)}H${at(to)}V${at(low)}z`;
    });
    return `<path class="${shareClasses[index % shareClasses.length]}" d="${parts.join("")}"/>`;
  });
  const inWords = names.map(
    (name, index) => `${name} ${formatShare((totals[index] ?? 0) / total, 1)}`,
  );
  return frame(
    "Who answered, second by second",
    `${history.title}. ${formatNumberOf(total, "answer")}: ${inWords.join(", ")}`,
    [
      rows(linearScale(1, plot.bottom, plot.top), (tick) => formatShare(tick, 0)),
      columns(x, (tick) => `${tick} s`),
      ...paths,
      legend(
        inWords.map((words, index) => [
          `<rect class="${shareClasses[index % shareClasses.length]}" y="-5" width="18" height="9"/>`,
          words,
        ]),
      ),
    ],
    options,
  );
}

/** Latency against rate: flat as long as there is a reserve, and steep where it ends. */
function drawCurve(
  { title }: History,
  steps: readonly StepFigures[],
  options: LoadPictureOptions,
): string {
  const x = linearScale(
    Math.max(...steps.map(({ ratePerSecond }) => ratePerSecond)) * 1.05,
    plot.left,
    plot.right,
  );
  const slowest = Math.max(1, options.limitMs ?? 1, ...steps.map(({ p99Ms }) => p99Ms ?? 0));
  const fastest = Math.min(slowest, ...steps.map(({ medianMs }) => medianMs ?? slowest));
  const y = logScale(Math.max(fastestMs, fastest), slowest, plot.bottom, plot.top);
  const points = (valueOf: (step: StepFigures) => number | null) =>
    steps.flatMap((step) => {
      const value = valueOf(step);
      if (value === null) return [];
      return [`${at(x.toPixel(step.ratePerSecond))} ${at(y.toPixel(value))}`];
    });
  const line = (name: string, found: readonly string[]) =>
    `<path class="${name}" d="M${found.join("L")}"/>` +
    found.map((point) => `<path class="${name} dot" d="M${point}h0"/>`).join("");
  const bad = steps.filter(({ notOk, whole }) => notOk > 0 || !whole);
  const crosses = bad.map(({ ratePerSecond, p99Ms }) => {
    return `M${at(x.toPixel(ratePerSecond))} ${at(y.toPixel(p99Ms ?? slowest))}m-4-4l8 8m0-8l-8 8`;
  });
  const inWords = steps.map(({ ratePerSecond, p99Ms, notOk }) => {
    const time = p99Ms === null ? "nothing answered" : formatDuration(p99Ms);
    return `${formatCount(ratePerSecond)}: ${time}${notOk > 0 ? `, ${formatCount(notOk)} not ok` : ""}`;
  });
  const limitMs = options.limitMs;
  return frame(
    "Latency against rate",
    `${title}. 99th percentile by requests per second: ${inWords.join("; ")}`,
    [
      rows(y, milliseconds),
      columns(x, (tick) => `${tick}/s`),
      limitMs === null
        ? ""
        : `<path class="limit" d="M${plot.left} ${at(y.toPixel(limitMs))}H${plot.right}"/>` +
          `<text class="limit-text" x="${plot.left + 4}" y="${at(y.toPixel(limitMs)) - 4}">limit ${formatDuration(limitMs)}</text>`,
      line(
        "p50",
        points(({ medianMs }) => medianMs),
      ),
      line(
        "p99",
        points(({ p99Ms }) => p99Ms),
      ),
      crosses.length === 0 ? "" : `<path class="failed" d="${crosses.join("")}"/>`,
      legend([
        [`<path class="p99" d="M0 0h18"/>`, "99th percentile"],
        [`<path class="p50" d="M0 0h18"/>`, "median"],
        [`<path class="failed" d="M5-4l8 8m0-8l-8 8"/>`, "not all served"],
      ]),
    ],
    options,
  );
}
