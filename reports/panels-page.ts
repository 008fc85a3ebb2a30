import { formatNumberOf } from "./format.ts";
import { colourOf, drawLine, linePath, shortNumber } from "./line-chart.ts";
import { escapeMarkup, Markup, markup } from "./markup.ts";
import type { PanelQuery, PanelsObservation } from "./records.ts";
import type { Scale } from "./scale.ts";

/** Dashboards as small pictures, drawn from what Prometheus answered: no Grafana is needed. */

const size = { width: 300, height: 150, left: 44, right: 292, top: 26, bottom: 118 } as const;
const linesDrawnMax = 12;
const legendMax = 3;

const style = new Markup(
  ":root{color-scheme:light dark;--ink:#1c2733;--soft:#5a6978;--rule:#d9e0e6;--ground:#fff;--page:#f4f6f8;--bad:#c62828}" +
    "@media(prefers-color-scheme:dark){:root{--ink:#e5ebf1;--soft:#9dabb9;--rule:#2b3742;--ground:#131b23;--page:#0c1217;--bad:#ff6b61}}" +
    "body{font:13px system-ui,sans-serif;background:var(--page);color:var(--ink);margin:16px;max-width:1260px}" +
    "h1{font-size:19px;margin:0}h2{font-size:15px;margin:18px 0 8px}p{color:var(--soft);margin:4px 0 0}" +
    ".grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(280px,1fr));gap:8px}" +
    "figure{margin:0;background:var(--ground);border:1px solid var(--rule);border-radius:6px}" +
    "svg{display:block;width:100%}svg text{fill:var(--soft);font-size:9.5px}svg .name{fill:var(--ink);font-weight:600;font-size:11.5px}" +
    ".axis{stroke:var(--rule);fill:none}.empty{fill:var(--bad)!important;font-size:12px!important}",
);

/** A panel with all of its queries, in the order in which they stand. */
interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly lines: PanelQuery["lines"];
}

function panelsOf(queries: readonly PanelQuery[]): readonly Panel[] {
  const titles = [...new Set(queries.map(({ panel }) => panel))];
  return titles.map((title) => {
    const own = queries.filter(({ panel }) => panel === title);
    return { title, unit: own[0]?.unit ?? "", lines: own.flatMap(({ lines }) => lines) };
  });
}

function scale(from: number, to: number, fromPixel: number, toPixel: number): Scale {
  const span = to === from ? 1 : to - from;
  return {
    toPixel: (value) => fromPixel + ((value - from) / span) * (toPixel - fromPixel),
    ticks: [from, to],
  };
}

/** From the least to the most, and from 0 on where that is near. */
function rangeOfValues(values: readonly number[]): readonly [low: number, high: number] {
  const low = values.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY);
  const from = low >= 0 && low < high * 0.7 ? 0 : low;
  return high > from ? [from, high] : [Math.min(0, from), Math.max(1, high)];
}

function drawPanel({ title, unit, lines }: Panel): Markup {
  const { width, height, left, right, top, bottom } = size;
  const all = lines.flatMap(({ samples }) => samples);
  const head = `<text class="name" x="10" y="17">${escapeMarkup(title)}</text>`;
  const open = `<svg viewBox="0 0 ${width} ${height}" role="img"><title>${escapeMarkup(title)}</title>`;
  if (all.length === 0) {
    const middle = (top + bottom) / 2;
    const empty = `<text class="empty" x="${width / 2}" y="${middle}" text-anchor="middle">no series</text>`;
    return new Markup(`${open}${head}${empty}</svg>`);
  }
  const times = all.map(([atMs]) => atMs);
  const [low, high] = rangeOfValues(all.map(([, value]) => value));
  const firstMs = times.reduce((least, each) => Math.min(least, each), 0);
  const x = scale(firstMs, 0, left, right);
  const y = scale(low, high, bottom, top + 8);
  const drawn = lines.slice(0, linesDrawnMax);
  const legend = drawn.slice(0, legendMax).map(({ name, samples }, index) => {
    const last = samples.at(-1)?.[1];
    const words = `${name === "" ? "value" : name} ${last === undefined ? "" : shortNumber(last)}`;
    const cut = words.length > 30 ? `…${words.slice(-29)}` : words;
    const place = `x="${10 + index * 97}" y="${height - 8}"`;
    return `<text ${place} style="fill:${colourOf(index)};font-size:7.5px">${escapeMarkup(cut)}</text>`;
  });
  return new Markup(
    [
      open,
      head,
      `<text x="${right}" y="17" text-anchor="end">${escapeMarkup(unit)}</text>`,
      `<path class="axis" d="M${left} ${top + 8}V${bottom}H${right}"/>`,
      `<text x="${left - 4}" y="${top + 12}" text-anchor="end">${shortNumber(high)}</text>`,
      `<text x="${left - 4}" y="${bottom}" text-anchor="end">${shortNumber(low)}</text>`,
      `<text x="${left}" y="${bottom + 11}">${Math.round(firstMs / 1_000)} s</text>`,
      `<text x="${right}" y="${bottom + 11}" text-anchor="end">now</text>`,
      ...drawn.map(({ name, samples }, index) =>
        drawLine(name, linePath(samples, x, y), colourOf(index)),
      ),
      ...legend,
      "</svg>",
    ].join(""),
  );
}

/** Every dashboard with every panel on one page. */
export function panelsPage(
  title: string,
  { dashboards, panels, rules }: PanelsObservation,
): string {
  const parts = dashboards.map((dashboard) => {
    const own = panelsOf(panels.filter((query) => query.dashboard === dashboard));
    const figures = own.map((panel) => markup`<figure>${drawPanel(panel)}</figure>`);
    return markup`<h2>${dashboard}</h2><div class="grid">${figures}</div>`;
  });
  const recording = rules.filter(({ kind }) => kind === "recording").length;
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${style}</style></head>
<body><h1>${title}</h1><p>${formatNumberOf(panels.length, "query", "queries")} of
${formatNumberOf(dashboards.length, "dashboard")}, asked of the running Prometheus and drawn from its
answers; ${formatNumberOf(recording, "recording rule")} and
${formatNumberOf(rules.length - recording, "rule")} of alerts.</p>${parts}</body></html>
`.text;
}
