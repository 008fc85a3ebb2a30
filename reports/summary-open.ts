import { formatNumberOf } from "./format.ts";
import { markup, type Markup } from "./markup.ts";
import { shorten } from "./summary-criteria.ts";
import type { RunVerdict } from "./verdict.ts";
import { reproduceCommand } from "./witnesses.ts";

/** A page carries no endless list; the record has them all. */
const pointsMax = 60;

/** What keeps the picture from being whole; always there, so that silence is no answer. */
export function openPoints(verdict: RunVerdict): Markup {
  const points = [
    ...verdict.harness.errors.map((error) => `Harness error: ${error}`),
    ...(verdict.harness.cancelledBy === null
      ? []
      : [`Cancelled by ${verdict.harness.cancelledBy}; what was judged after it does not count.`]),
    ...verdict.criteria
      .filter(({ state }) => state === "unknown" || state === "not-measured")
      .map(({ id, title, evidence }) => `${title === id ? id : `${id}, ${title}`}: ${evidence}`),
    ...verdict.claims
      .filter(({ state }) => state === "broken" || state === "unfinished" || state === "not-run")
      .map(
        ({ claim, state, error }) =>
          `Claim ${claim}: ${state}${error === null ? "" : `, ${error}`}; ` +
          `again: ${reproduceCommand(claim, verdict.seed)}`,
      ),
    ...(verdict.harness.leftovers ?? []).map((leftover) => `Left behind: ${leftover}`),
    ...verdict.warnings.map((warning) => `Warning: ${warning}`),
  ];
  const rest = points.length - pointsMax;
  return markup`<h2>What was not measured</h2><div class="card">${
    points.length === 0
      ? markup`<p>Every criterion of this run was measured and judged.</p>`
      : markup`<ul>${points.slice(0, pointsMax).map((point) => markup`<li class="sentence">${shorten(point)}</li>`)}${
          rest > 0
            ? markup`<li>and ${formatNumberOf(rest, "more", "more")} in verdict.json</li>`
            : null
        }</ul>`
  }${claimless(verdict)}</div>${waiversCard(verdict)}`;
}

function claimless({ notClaimed }: RunVerdict): readonly Markup[] {
  const reasons = [...new Set(notClaimed.map(({ why }) => why))];
  return reasons.map((reason) => {
    const ids = notClaimed.filter(({ why }) => why === reason).map(({ promise }) => promise);
    return markup`<p class="soft">Nothing is claimed about ${ids.join(", ")}: ${reason}.</p>`;
  });
}

/** Every waiver that the run was judged with, also those that nobody needed. */
function waiversCard({ waivers }: RunVerdict): Markup | null {
  if (waivers.length === 0) return null;
  const rows = waivers.map(
    ({ criterion, state, expires, owner, reason }) =>
      markup`<tr><td><a href="#${criterion}">${criterion}</a></td><td>${state}</td><td>${expires}</td>
<td>${shorten(owner)}</td><td>${shorten(reason)}</td></tr>`,
  );
  return markup`<div class="card"><h3>Waivers</h3><div class="scroll"><table class="small"><thead><tr><th>Criterion</th>
<th>State</th><th>Last day</th><th>Owner</th><th>Reason</th></tr></thead><tbody>${rows}</tbody></table></div></div>`;
}
