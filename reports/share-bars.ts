import { formatCount, formatShare } from "./format.ts";
import { markup, type Markup } from "./markup.ts";
import type { History } from "./records.ts";
import { nameReplicas } from "./replica-names.ts";

const width = 330;
const rowHeight = 24;
const barLeft = 96;
const barWidth = 120;

interface Answer {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
}

interface Slice {
  readonly title: string;
  readonly answers: readonly Answer[];
}

/**
 * Shares of good answers per replica: over the whole history, or before, during and after its first
 * fault, where *during* is the time in which the fault was in effect and *after* ends at the next one.
 */
export function shareBars(history: History): readonly Markup[] {
  const nameOf = nameReplicas(history);
  const answered = history.operations
    .filter(({ outcome }) => outcome === "ok")
    .flatMap(({ replica, sentAtMs, endedAtMs }) =>
      replica === null ? [] : [{ name: nameOf(replica), fromMs: sentAtMs ?? 0, toMs: endedAtMs }],
    );
  if (answered.length === 0) return [];
  const names = [...new Set(answered.map(({ name }) => name))].sort();
  return slicesOf(history, answered).map((slice) => draw(slice, names));
}

function slicesOf({ faults }: History, answered: readonly Answer[]): readonly Slice[] {
  const [fault, next] = faults.toSorted((left, right) => left.injectedAtMs - right.injectedAtMs);
  if (fault === undefined) return [{ title: "whole run", answers: answered }];
  const { injectedAtMs, effectiveAtMs, recoveredAtMs, healedAtMs } = fault;
  const within = (startMs: number, endMs: number) =>
    answered.filter(({ fromMs, toMs }) => fromMs >= startMs && toMs <= endMs);
  const endless = Number.POSITIVE_INFINITY;
  return [
    {
      title: next === undefined ? "before the fault" : `before "${fault.name}"`,
      answers: within(0, injectedAtMs),
    },
    {
      title: "while it was in effect",
      answers: within(effectiveAtMs ?? injectedAtMs, recoveredAtMs ?? endless),
    },
    {
      title: next === undefined ? "after it healed" : `after it healed, before "${next.name}"`,
      answers: within(healedAtMs ?? endless, next?.injectedAtMs ?? endless),
    },
  ];
}

function draw({ title, answers }: Slice, names: readonly string[]): Markup {
  const total = answers.length;
  const height = names.length * rowHeight;
  const fairX = barLeft + barWidth / names.length;
  const rows = names.map((name, index) => {
    const count = answers.filter((answer) => answer.name === name).length;
    const share = total === 0 ? 0 : count / total;
    const top = index * rowHeight;
    return markup`<text x="0" y="${top + 16}">${name}</text>
<rect class="track" x="${barLeft}" y="${top + 4}" width="${barWidth}" height="15" rx="2"/>
<rect class="bar" x="${barLeft}" y="${top + 4}" width="${(share * barWidth).toFixed(1)}" height="15" rx="2"/>
<text class="value" x="${barLeft + barWidth + 8}" y="${top + 16}">${formatShare(share, 1)} (${formatCount(count)})</text>`;
  });
  return markup`<div><h4>${title}, n = ${formatCount(total)}</h4>
<svg class="shares" viewBox="0 0 ${width} ${height}" role="img" aria-label="Answers per replica, ${title}">
${rows}<line class="fair" x1="${fairX}" x2="${fairX}" y1="0" y2="${height}"/></svg></div>`;
}
