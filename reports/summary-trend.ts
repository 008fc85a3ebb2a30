import type { Criterion } from "./criteria.ts";
import { formatNumberOf, formatShare, formatValue, keepUnits } from "./format.ts";
import { markup, type Markup } from "./markup.ts";
import type { CriterionState } from "./records.ts";
import type { RunVerdict } from "./verdict.ts";

/** A page shows what changed most; `verdict.json` has all of it. */
const changesMax = 12;

interface Sign {
  readonly tone: string;
  readonly sign: string;
  readonly words: string;
}

const signOfState: Readonly<Record<CriterionState | "absent", Sign>> = {
  passed: { tone: "go", sign: "✓", words: "passed" },
  failed: { tone: "no", sign: "✕", words: "failed" },
  unknown: { tone: "open", sign: "?", words: "unknown" },
  "not-measured": { tone: "open", sign: "?", words: "not measured" },
  waived: { tone: "open", sign: "!", words: "waived" },
  absent: { tone: "off", sign: "·", words: "not part of it" },
};

const signOfVerdict: Readonly<Record<RunVerdict["verdict"], Sign>> = {
  GO: { tone: "go", sign: "✓", words: "GO" },
  GO_WITH_WARNINGS: { tone: "go", sign: "✓", words: "GO with warnings" },
  NO_GO: { tone: "no", sign: "✕", words: "NO-GO" },
  INCONCLUSIVE: { tone: "open", sign: "?", words: "INCONCLUSIVE" },
};

/**
 * What the runs of the same kind before this one came to, and which numbers changed since; `null`
 * where there was none. A criterion that passed every time has no row of its own.
 */
export function trendCard(verdict: RunVerdict): Markup | null {
  const { earlierRuns, criteria } = verdict;
  if (earlierRuns.length === 0) return null;
  const restless = criteria.filter(({ state, earlierStates }) =>
    [...earlierStates, state].some((each) => each !== "passed" && each !== null),
  );
  const rows = [
    row("verdict", [
      ...earlierRuns.map((run) => signOfVerdict[run.verdict]),
      signOfVerdict[verdict.verdict],
    ]),
    ...restless.map(({ id, state, earlierStates }) =>
      row(
        id,
        [...earlierStates, state].map((each) => signOfState[each ?? "absent"]),
      ),
    ),
  ];
  const calm = criteria.length - restless.length;
  return markup`<h2>Before this run</h2><div class="card">
<p class="small soft">${formatNumberOf(earlierRuns.length, "earlier run")} of the same branch, profile, machine class and
scope, oldest first, this run last${calm === 0 ? "" : `; ${formatNumberOf(calm, "criterion", "criteria")} passed in each that measured them`}.</p>
<table class="small tight trends"><tbody>${rows}</tbody></table>
${changes(criteria)}</div>`;
}

function row(name: string, signs: readonly Sign[]): Markup {
  const told = signs.map(({ words }) => words).join(", ");
  return markup`<tr><td class="id">${name}</td><td class="trend" role="img" aria-label="${told}">${signs.map(
    ({ tone, sign, words }) => markup`<span class="${tone}" title="${words}">${sign}</span>`,
  )}</td></tr>`;
}

function changes(criteria: readonly Criterion[]): Markup | null {
  const all = criteria.flatMap(({ id, deltas }) => deltas.map((delta) => ({ id, ...delta })));
  const largest = all
    .filter(({ changeShare }) => changeShare !== null)
    .toSorted((left, right) => Math.abs(right.changeShare ?? 0) - Math.abs(left.changeShare ?? 0))
    .slice(0, changesMax);
  if (largest.length === 0) return null;
  const rows = largest.map(({ id, name, value, unit, median, runs, changeShare, warning }) => {
    const share = changeShare ?? 0;
    return markup`<tr><td class="id">${id}</td><td>${name}${
      warning === null ? null : markup` <span class="chip open">! worse</span>`
    }</td><td class="right">${keepUnits(formatValue(value, unit))}</td>
<td class="right">${keepUnits(formatValue(median, unit))} <span class="soft">(${runs})</span></td>
<td class="right">${share < 0 ? "−" : "+"}${keepUnits(formatShare(Math.abs(share), 0))}</td></tr>`;
  });
  return markup`<h4>Numbers that changed most</h4><div class="scroll"><table class="small tight"><thead><tr>
<th>Criterion</th><th>Number</th><th class="right">Now</th><th class="right">Median (of so many passed runs)</th>
<th class="right">Change</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
