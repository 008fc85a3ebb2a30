import type { Criterion } from "./criteria.ts";
import { formatCount, formatValue, keepUnits } from "./format.ts";
import { markup, type Markup } from "./markup.ts";
import { chipOf, offChip, promisesShown, shorten, worstState } from "./summary-criteria.ts";
import type { RunVerdict } from "./verdict.ts";

/**
 * Every promise of the roadmap in one line: its state, the number that speaks for it with its
 * sample, what is allowed, and how many of its criteria passed. The glance of a minute. A partial run
 * shows those that it is about.
 */
export function roadmapTable(verdict: RunVerdict): Markup {
  const shown = promisesShown(verdict);
  return markup`<table class="roadmap">
<thead><tr><th class="state">State</th><th>Promise</th><th class="seen">Measured</th>
<th class="limit">Allowed</th><th class="right">Criteria</th></tr></thead>
<tbody>${shown.map(({ id, words }) => roadmapRow(verdict, id, words))}</tbody></table>`;
}

function roadmapRow(verdict: RunVerdict, id: string, words: string): Markup {
  const own = verdict.criteria.filter(({ promise }) => promise === id);
  const speaker = speakerOf(own);
  if (speaker === null) {
    const why = verdict.notClaimed.find(({ promise }) => promise === id)?.why ?? "no criterion";
    return markup`<tr><td class="state">${offChip("– not claimed")}</td>
<th scope="row"><a href="#promise-${id}">${id}</a> ${words}</th>
<td colspan="3" class="soft">${why}</td></tr>`;
  }
  const passed = own.filter(({ state }) => state === "passed").length;
  return markup`<tr><td class="state">${chipOf(speaker.state)}</td>
<th scope="row"><a href="#promise-${id}">${id}</a> ${words}</th>
<td class="seen">${measuredOf(speaker)}</td>
<td class="limit" data-name="Allowed:">${shorten(speaker.limit)}</td>
<td class="right" data-name="Criteria passed:">${passed} of ${own.length}</td></tr>`;
}

/** The worst criterion of a promise, and of several alike the first. */
function speakerOf(criteria: readonly Criterion[]): Criterion | null {
  const worst = worstState(criteria.map(({ state }) => state));
  return criteria.find(({ state }) => state === worst) ?? null;
}

function measuredOf({ deciding, state, evidence }: Criterion): Markup {
  if (deciding === null || state === "unknown" || state === "not-measured") {
    return markup`<span class="soft">${shorten(evidence)}</span>`;
  }
  const { name, value, unit, sampleSize } = deciding;
  return markup`<b>${keepUnits(formatValue(value, unit))}</b> ${name}
<span class="soft n">n = ${formatCount(sampleSize)}</span>`;
}
