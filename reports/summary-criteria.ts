import type { Criterion } from "./criteria.ts";
import { formatMeasurement } from "./headline.ts";
import { markup, type Markup } from "./markup.ts";
import { promises } from "./slo.ts";
import type { RunVerdict } from "./verdict.ts";

const chips = {
  passed: { tone: "go", words: "✓ passed" },
  failed: { tone: "no", words: "✕ failed" },
  unknown: { tone: "open", words: "? unknown" },
  "not-measured": { tone: "open", words: "? not measured" },
} as const satisfies Record<Criterion["state"], { tone: string; words: string }>;

/** How many characters of one text from outside a page can carry. */
const textLengthMax = 1_200;

/** Every promise of the roadmap in its order, with its criteria or with why there are none. */
export function criteriaTable(verdict: RunVerdict): Markup {
  const known = new Set<string>(promises.map(({ id }) => id));
  const others = verdict.criteria
    .map(({ promise }) => promise)
    .filter((id, index, all) => !known.has(id) && all.indexOf(id) === index);
  const groups = [...promises, ...others.map((id) => ({ id, words: "not of the roadmap" }))];
  return markup`<table class="criteria">
<thead><tr><th class="state">State</th><th>Criterion</th><th class="limit">Allowed</th>
<th class="seen">Measured</th></tr></thead>
<tbody>${groups.map(({ id, words }) => promiseRows(verdict, id, words))}</tbody></table>`;
}

export function chipOf(state: Criterion["state"]): Markup {
  const { tone, words } = chips[state];
  return markup`<span class="chip ${tone}">${words}</span>`;
}

export function shorten(text: string): string {
  return text.length <= textLengthMax ? text : `${text.slice(0, textLengthMax)} …`;
}

function promiseRows(verdict: RunVerdict, id: string, words: string): Markup {
  const criteria = verdict.criteria.filter(({ promise }) => promise === id);
  const rows = criteria.map(criterionRow);
  const left = verdict.notClaimed.find(({ promise }) => promise === id);
  const none = markup`<tr><td class="state"><span class="chip off">not claimed</span></td>
<td colspan="3" class="soft">${left?.why ?? "nothing is claimed about it in this run"}</td></tr>`;
  return markup`<tr class="promise"><th colspan="4" scope="rowgroup"><span class="id">${id}</span>
${words}</th></tr>${rows.length === 0 ? none : rows}`;
}

function criterionRow(criterion: Criterion): Markup {
  const [main] = criterion.measurements;
  const number =
    main === undefined ? null : markup`<div class="number">${formatMeasurement(main)}</div>`;
  const again =
    criterion.judgedCount > 1
      ? markup` <span class="soft">(judged ${criterion.judgedCount} times)</span>`
      : null;
  return markup`<tr><td class="state">${chipOf(criterion.state)}</td>
<td>${criterion.title}${again}<div class="id">${criterion.id} · ${criterion.claim}</div></td>
<td class="limit" data-name="Allowed:">${criterion.limit}</td>
<td class="seen" data-name="Measured:">${number}<div class="small soft">${shorten(criterion.evidence)}</div></td></tr>`;
}
