import type { Criterion } from "./criteria.ts";
import { formatCount, formatValue, keepUnits } from "./format.ts";
import { deltaWords } from "./headline.ts";
import { markup, type Markup } from "./markup.ts";
import { promises } from "./slo.ts";
import type { RunVerdict } from "./verdict.ts";
import { reproduceCommand } from "./witnesses.ts";

/** How a state looks: in colour, and as a sign and a word for whoever sees no colour. */
export const stateMarks = {
  passed: { tone: "go", sign: "✓", words: "passed" },
  failed: { tone: "no", sign: "✕", words: "failed" },
  unknown: { tone: "open", sign: "?", words: "unknown" },
  "not-measured": { tone: "open", sign: "?", words: "not measured" },
  waived: { tone: "open", sign: "!", words: "waived" },
} as const satisfies Record<Criterion["state"], { tone: string; sign: string; words: string }>;

export const verdictMarks = {
  GO: { tone: "go", sign: "✓" },
  GO_WITH_WARNINGS: { tone: "go", sign: "✓" },
  NO_GO: { tone: "no", sign: "✕" },
  INCONCLUSIVE: { tone: "open", sign: "?" },
} as const satisfies Record<RunVerdict["verdict"], { tone: string; sign: string }>;

/** How many characters of one text from outside a page can carry. */
const textLengthMax = 1_200;

/** Every promise of the roadmap in its order, with its criteria or with why there are none. */
export function criteriaTable(verdict: RunVerdict): Markup {
  const known = new Set<string>(promises.map(({ id }) => id));
  const others = verdict.criteria
    .map(({ promise }) => promise)
    .filter((id, index, all) => !known.has(id) && all.indexOf(id) === index);
  const groups = [
    ...promisesShown(verdict),
    ...others.map((id) => ({ id, words: "not of the roadmap" })),
  ];
  return markup`<table class="criteria">
<thead><tr><th class="state">State</th><th>Criterion</th><th class="limit">Allowed</th>
<th class="seen">Measured</th></tr></thead>
<tbody>${groups.map(({ id, words }) => promiseRows(verdict, id, words))}</tbody></table>`;
}

/** All of the roadmap, or of a partial run those that it is about. */
export function promisesShown({ scope, criteria }: RunVerdict) {
  return promises.filter(
    ({ id }) => scope === "full" || criteria.some(({ promise }) => promise === id),
  );
}

export function chipOf(state: Criterion["state"]): Markup {
  const { tone, sign, words } = stateMarks[state];
  return markup`<span class="chip ${tone}">${sign} ${words}</span>`;
}

export function offChip(words: string): Markup {
  return markup`<span class="chip off">${words}</span>`;
}

/** From worst to best; what was waived has failed. */
const byBadness: readonly Criterion["state"][] = [
  "failed",
  "unknown",
  "not-measured",
  "waived",
  "passed",
];

/** The worst of several states; `null` where there is none. */
export function worstState(states: readonly Criterion["state"][]): Criterion["state"] | null {
  return byBadness.find((state) => states.includes(state)) ?? null;
}

/** Text from outside as a page can carry it: not endless, and no unit torn from its number. */
export function shorten(text: string): string {
  return keepUnits(text.length <= textLengthMax ? text : `${text.slice(0, textLengthMax)} …`);
}

function promiseRows(verdict: RunVerdict, id: string, words: string): Markup {
  const criteria = verdict.criteria.filter(({ promise }) => promise === id);
  const head = markup`<span class="head"><span class="id">${id}</span><span>${words}</span></span>`;
  if (criteria.length > 0) {
    return markup`<tr class="promise" id="promise-${id}"><th colspan="4" scope="rowgroup">${head}</th></tr>
${criteria.map((criterion) => criterionRow(criterion, verdict.seed))}`;
  }
  const why = verdict.notClaimed.find(({ promise }) => promise === id)?.why ?? "nothing is claimed";
  return markup`<tr class="promise" id="promise-${id}"><th colspan="2" scope="row">${head}</th>
<td colspan="2" class="soft">${offChip("not claimed")} ${why}</td></tr>`;
}

function criterionRow(criterion: Criterion, seed: number | null): Markup {
  const main = criterion.deciding ?? criterion.measurements[0];
  const number =
    main === undefined
      ? null
      : markup`<span class="number">${keepUnits(formatValue(main.value, main.unit))}</span>
<span class="what">${main.name}, n = ${formatCount(main.sampleSize)}</span>`;
  const again =
    criterion.judgedCount > 1
      ? markup` <span class="soft">(judged ${criterion.judgedCount} times)</span>`
      : null;
  const repeat =
    criterion.state === "passed"
      ? null
      : markup`<code>${reproduceCommand(criterion.claim, seed)}</code>`;
  return markup`<tr id="${criterion.id}"><td class="state">${chipOf(criterion.state)}</td>
<td><div class="sentence">${criterion.title}${again}</div><div class="id">${criterion.id} · ${criterion.claim}</div>${repeat}</td>
<td class="limit" data-name="Allowed:"><span class="sentence">${shorten(criterion.limit)}</span></td>
<td class="seen">${number}<div class="small soft">${shorten(criterion.evidence)}</div>${besideOf(criterion)}</td></tr>`;
}

/** What speaks beside the evidence: who answers for it, and what it was before. */
function besideOf(criterion: Criterion): readonly Markup[] {
  const { waiver } = criterion;
  const delta = deltaWords(criterion);
  return [
    ...(waiver === null
      ? []
      : [
          markup`<div class="small">waived until ${waiver.expires} by ${waiver.owner}: ${shorten(waiver.reason)}</div>`,
        ]),
    ...(delta === null ? [] : [markup`<div class="small soft">${keepUnits(delta)}</div>`]),
  ];
}
