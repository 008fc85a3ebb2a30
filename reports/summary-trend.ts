import type { Criterion } from "./criteria.ts";
import type { Delta, EarlierRun } from "./earlier-runs.ts";
import { formatDuration, formatNumberOf, formatShare, formatValue, keepUnits } from "./format.ts";
import { linearScale } from "./scale.ts";
import { markup, type Markup } from "./markup.ts";
import type { CriterionState } from "./records.ts";
import { promises } from "./slo.ts";
import { stateMarks, verdictMarks, worstState } from "./summary-criteria.ts";
import type { RunVerdict } from "./verdict.ts";

/** As many nights as fit into one row on a phone. */
const runsShownMax = 14;
const restlessShownMax = 20;
const deltasShownMax = 12;

/**
 * This run beside earlier ones of the same branch, profile, scope and class of machine, oldest first
 * and this one last: a row of signs for each promise and for each criterion that did not pass every
 * time, and the numbers that moved most. `null` where there was none.
 */
export function trendCard(verdict: RunVerdict): Markup | null {
  const { earlierRuns, criteria } = verdict;
  if (earlierRuns.length === 0) return null;
  const from = Math.max(0, earlierRuns.length - runsShownMax);
  const shown = earlierRuns.slice(from);
  const ofPromises = promises.flatMap(({ id }) => {
    const own = criteria.filter(({ promise }) => promise === id);
    return own.length === 0 ? [] : [stateRow(id, own, from, shown)];
  });
  // A run that was cancelled says nothing of what it did not come to.
  const isCalm = (state: Criterion["state"] | null) =>
    state === "passed" || state === "not-measured" || state === null;
  const restless = criteria.filter(
    ({ state, earlierStates }) => state !== "passed" || !earlierStates.slice(from).every(isCalm),
  );
  const rows = [
    ...ofPromises,
    ...restless
      .slice(0, restlessShownMax)
      .map((criterion) => stateRow(criterion.id, [criterion], from, shown)),
  ];
  const calm = criteria.length - restless.length;
  return markup`<h2>Before this run</h2><div class="card">
<p class="small soft">${formatNumberOf(shown.length, "earlier run")} of the same branch, profile, scope and class of machine,
oldest first, this one last; ${formatNumberOf(calm, "criterion", "criteria")} passed in each that measured them.</p>
<div class="scroll"><table class="trend small">
<tbody><tr><th scope="row">verdict</th>${shown.map(runCell)}${runCell(verdict)}</tr>${rows}</tbody>
</table></div></div>
${deltasCard(criteria)}`;
}

function runCell(run: Pick<RunVerdict, "runId" | "verdict" | "durationMs">): Markup {
  const { tone, sign } = verdictMarks[run.verdict];
  const took = run.durationMs === null ? "not finished" : formatDuration(run.durationMs);
  return square(tone, sign, `${run.runId}: ${run.verdict}, ${took}`);
}

function stateRow(
  id: string,
  own: readonly Criterion[],
  from: number,
  runs: readonly EarlierRun[],
): Markup {
  const before = runs.map(({ runId }, index) => {
    const states = own.flatMap(({ earlierStates }) => earlierStates[from + index] ?? []);
    return stateCell(worstState(states), `${runId}, ${id}`);
  });
  const now = stateCell(worstState(own.map(({ state }) => state)), `this run, ${id}`);
  return markup`<tr><th scope="row">${id}</th>${before}${now}</tr>`;
}

function stateCell(state: CriterionState | null, what: string): Markup {
  if (state === null) return square("off", "·", `${what}: not part of it`);
  const { tone, sign, words } = stateMarks[state];
  return square(tone, sign, `${what}: ${words}`);
}

function square(tone: string, sign: string, words: string): Markup {
  return markup`<td><span class="square ${tone}" role="img" aria-label="${words}" title="${words}">${sign}</span></td>`;
}

/** The numbers that are furthest from what they were, those that warn first. */
function deltasCard(criteria: readonly Criterion[]): Markup | null {
  const moved = criteria
    .flatMap((criterion) => criterion.deltas.map((delta) => ({ criterion, delta })))
    .toSorted((left, right) => weightOf(right.delta) - weightOf(left.delta));
  if (moved.length === 0) return null;
  const rows = moved.slice(0, deltasShownMax).map(({ criterion, delta }) => {
    const { name, value, unit, median, low, high, runs, changeShare, warning } = delta;
    const format = (number: number) => keepUnits(formatValue(number, unit));
    const sign = (changeShare ?? 0) < 0 ? "−" : "+";
    const change = changeShare === null ? "–" : `${sign}${formatShare(Math.abs(changeShare), 0)}`;
    return markup`<tr><td><a href="#${criterion.id}">${criterion.id}</a><div class="soft">${name}</div></td>
<td class="right"><b>${format(value)}</b></td><td class="right">${format(median)}</td>
<td class="right soft">${format(low)} – ${format(high)}, ${formatNumberOf(runs, "run")}</td>
<td class="right">${warning === null ? null : markup`<span class="chip no">! worse</span> `}${keepUnits(change)}</td><td>${sparkline(criterion, delta)}</td></tr>`;
  });
  const rest = moved.length - rows.length;
  return markup`<div class="card"><h3>Against the last passed runs</h3>
<p class="small soft">The numbers that moved most; one that is worse than the worst of enough passed runs by
more than its unit may vary is a warning.</p>
<div class="scroll"><table class="small tight"><thead><tr><th>Number</th><th class="right">Now</th><th class="right">Median</th>
<th class="right">Range</th><th class="right">Change</th><th>Over time</th></tr></thead><tbody>${rows}</tbody></table></div>${
    rest > 0
      ? markup`<p class="small soft">and ${formatNumberOf(rest, "number")} more in verdict.json</p>`
      : null
  }</div>`;
}

function weightOf({ changeShare, warning }: Delta): number {
  return (warning === null ? 0 : 1_000_000) + Math.abs(changeShare ?? 0);
}

/** The deciding number over the earlier runs and this one; nothing where it is another number. */
function sparkline({ deciding, earlierValues }: Criterion, { name, value }: Delta): Markup | null {
  if (deciding?.name !== name) return null;
  const values = [...earlierValues, value].flatMap((each) => each ?? []);
  if (values.length < 2) return null;
  const x = linearScale(values.length - 1, 3, 97);
  const y = linearScale(Math.max(...values), 21, 3);
  const points = values.map((each, index) => [x.toPixel(index), y.toPixel(each)] as const);
  const path = points.map(([atX, atY]) => `${atX.toFixed(1)} ${atY.toFixed(1)}`).join("L");
  const [lastX, lastY] = points.at(-1) ?? [0, 0];
  return markup`<svg class="spark" viewBox="0 0 100 24" width="100" height="24" role="img"><title>${name} over ${formatNumberOf(values.length, "run")}</title>
<path d="M${path}"/><circle cx="${lastX.toFixed(1)}" cy="${lastY.toFixed(1)}" r="2.5"/></svg>`;
}
