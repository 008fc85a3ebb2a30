import { formatCount, formatShare } from "./format.ts";
import { markup, type Markup } from "./markup.ts";
import type { History, Operation } from "./records.ts";

const width = 330;
const rowHeight = 24;
const barLeft = 96;
const barWidth = 120;

interface Slice {
  readonly title: string;
  readonly operations: readonly Operation[];
}

/**
 * Shares of good answers per replica: over the whole history, or before, during and after its first
 * fault, where *during* is the time in which the target had to be silent.
 */
export function shareBars(history: History): readonly Markup[] {
  const answered = history.operations.filter(
    ({ outcome, replica }) => outcome === "ok" && replica !== null,
  );
  if (answered.length === 0) return [];
  const replicas = [...new Set(answered.flatMap(({ replica }) => replica ?? []))].sort();
  return slicesOf(history, answered).map((slice) => draw(slice, replicas));
}

function slicesOf(history: History, answered: readonly Operation[]): readonly Slice[] {
  const [fault] = history.faults;
  if (fault === undefined) return [{ title: "whole run", operations: answered }];
  const { injectedAtMs, effectiveAtMs, recoveredAtMs, healedAtMs } = fault;
  const within = (fromMs: number, toMs: number) =>
    answered.filter(({ sentAtMs, endedAtMs }) => (sentAtMs ?? 0) >= fromMs && endedAtMs <= toMs);
  const endless = Number.POSITIVE_INFINITY;
  return [
    { title: "before the fault", operations: within(0, injectedAtMs) },
    {
      title: "while it was in effect",
      operations: within(effectiveAtMs ?? injectedAtMs, recoveredAtMs ?? endless),
    },
    { title: "after it healed", operations: within(healedAtMs ?? endless, endless) },
  ];
}

function draw({ title, operations }: Slice, replicas: readonly string[]): Markup {
  const total = operations.length;
  const height = replicas.length * rowHeight;
  const fairX = barLeft + barWidth / replicas.length;
  const rows = replicas.map((replica, index) => {
    const count = operations.filter((operation) => operation.replica === replica).length;
    const share = total === 0 ? 0 : count / total;
    const top = index * rowHeight;
    return markup`<text x="0" y="${top + 16}">${replica.slice(0, 12)}</text>
<rect class="track" x="${barLeft}" y="${top + 4}" width="${barWidth}" height="15" rx="2"/>
<rect class="bar" x="${barLeft}" y="${top + 4}" width="${(share * barWidth).toFixed(1)}" height="15" rx="2"/>
<text class="value" x="${barLeft + barWidth + 8}" y="${top + 16}">${formatShare(share, 1)} (${formatCount(count)})</text>`;
  });
  return markup`<div><h4>${title}, n = ${formatCount(total)}</h4>
<svg class="shares" viewBox="0 0 ${width} ${height}" role="img" aria-label="Answers per replica, ${title}">
${rows}<line class="fair" x1="${fairX}" x2="${fairX}" y1="0" y2="${height}"/></svg></div>`;
}
