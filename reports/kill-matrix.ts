/** Who caught what: a campaign as a matrix of mutants and claims. */

import { formatDuration } from "./format.ts";
import { Markup, markup } from "./markup.ts";
import type { MutantResult, MutantScore } from "./mutant-score.ts";
import { plainPage } from "./plain-page.ts";

/** What stands in the cell of a mutant and the claim that was measured on it. */
const signs = { caught: "✔", missed: "✘", "not caught": "?" } as const;
const untried = "·";

type Shown = Pick<MutantScore, "planned" | "counts" | "results" | "durationMs">;

function claimsOf(results: readonly MutantResult[]): readonly string[] {
  return [...new Set(results.map(({ claim }) => claim))].toSorted();
}

/** The share of those that were planned; one that was not tried counts as not caught. */
export function scoreInWords({ planned, counts, durationMs }: Omit<Shown, "results">): string {
  const percent = planned.length === 0 ? 0 : (100 * counts.caught) / planned.length;
  const untriedCount = planned.length - counts.caught - counts.missed - counts["not caught"];
  return (
    `${counts.caught} of ${planned.length} caught (${Math.floor(percent)} %), ${counts.missed} missed, ` +
    `${counts["not caught"]} not caught, ${untriedCount} not tried; ${formatDuration(durationMs)}`
  );
}

/** For a terminal: claims by numbers, which are explained below, because their names are long. */
export function killMatrixLines({ results }: Pick<Shown, "results">): readonly string[] {
  const claims = claimsOf(results);
  const width = Math.max(0, ...results.map(({ id }) => id.length));
  const digits = String(claims.length).length;
  const heading = claims.map((_, index) => String(index + 1).padStart(digits)).join(" ");
  const rows = results.map(({ id, claim, state }) => {
    const cells = claims.map((each) => (each === claim ? signs[state] : untried).padStart(digits));
    return `${id.padEnd(width)}  ${cells.join(" ")}`;
  });
  const legend = claims.map((claim, index) => {
    const own = results.filter((result) => result.claim === claim);
    const caught = own.filter(({ state }) => state === "caught").length;
    return `${String(index + 1).padStart(digits)}  ${claim}: ${caught} of ${own.length}`;
  });
  return [
    `${" ".repeat(width)}  ${heading}`,
    ...rows,
    "",
    `${signs.caught} caught  ${signs.missed} missed  ${signs["not caught"]} not caught  ${untried} not tried`,
    ...legend,
  ];
}

const style = new Markup(
  "th.claim{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;font-weight:400}" +
    "td.cell{text-align:center;min-width:14px}",
);

/** The same as a page, with what was seen of each mutant. */
export function killMatrixPage(score: Shown): string {
  const { results } = score;
  const claims = claimsOf(results);
  const rows = results.map(({ id, title, claim, state, objective, durationMs, seen }) => {
    const cells = claims.map((each) => {
      if (each !== claim) return markup`<td class="cell soft">${untried}</td>`;
      const color = state === "caught" ? "good" : "wrong";
      return markup`<td class="cell ${color}" title="${state}: ${objective}">${signs[state]}</td>`;
    });
    return markup`<tr><td title="${title}">${id}</td>${cells}<td>${formatDuration(durationMs)}</td><td class="soft">${seen.split("\n")[0] ?? ""}</td></tr>
`;
  });
  const heads = claims.map((claim) => markup`<th class="claim">${claim}</th>`);
  const body = markup`<style>${style}</style><h1>Mutants and the claims that caught them</h1>
<p>${scoreInWords(score)}</p>
<table><tr><th>mutant</th>${heads}<th>took</th><th>seen</th></tr>
${rows}</table>`;
  return plainPage("Kill matrix", body);
}
