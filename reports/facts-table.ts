import { formatNumberOf } from "./format.ts";
import { Markup, markup } from "./markup.ts";
import { allowedInWords, isAsAllowed } from "./oracles/facts.ts";
import type { FactsObservation, Subject } from "./records.ts";
import { allObjectives } from "./slo.ts";
import type { FactLimit, FactsObjective, Objective } from "./slo.ts";
import { plainPage } from "./plain-page.ts";
import { shorten } from "./summary-criteria.ts";

function isAboutFacts(objective: Objective): objective is FactsObjective {
  return "groups" in objective;
}

function rowOf({ name, facts }: Subject, fact: string, limit: FactLimit): Markup {
  const seen = facts[fact];
  const mark =
    seen === undefined
      ? markup`<td class="soft">not read</td>`
      : isAsAllowed(seen, limit)
        ? markup`<td class="good"><span class="tick">✓</span></td>`
        : markup`<td class="wrong"><span class="cross">✕</span></td>`;
  return markup`<tr><td>${name}</td><td>${fact}</td><td class="mono">${shorten(seen ?? "–")}</td>
<td class="mono soft">${shorten(allowedInWords(limit))}</td>${mark}</tr>`;
}

function groupOf(group: string, subjects: readonly Subject[], objective: FactsObjective): Markup {
  const limits = Object.entries(objective.groups[group]?.facts ?? {});
  const judged = subjects.length * limits.length;
  const right = subjects.reduce(
    (sum, { facts }) =>
      sum + limits.filter(([fact, limit]) => isAsAllowed(facts[fact] ?? "", limit)).length,
    0,
  );
  const control = objective.groups[group]?.isControl === true ? " (control)" : "";
  const state = right === judged ? "all as promised" : `${judged - right} not as promised`;
  return markup`<details><summary>${group}${control}: ${formatNumberOf(judged, "fact")}, ${state}</summary>
<div class="scroll"><table class="small tight"><thead><tr><th>Of</th><th>Fact</th><th>Seen</th>
<th>Allowed</th><th></th></tr></thead><tbody>
${subjects.map((subject) => limits.map(([fact, limit]) => rowOf(subject, fact, limit)))}
</tbody></table></div></details>`;
}

/**
 * What was seen beside what is allowed, fact by fact, folded by group; `null` where none of these
 * objectives is about facts.
 */
export function factsTable(
  { subjects }: FactsObservation,
  objectives: readonly string[],
): Markup | null {
  const objective = allObjectives.filter(isAboutFacts).find(({ id }) => objectives.includes(id));
  if (objective === undefined) return null;
  const groups = [...new Set(subjects.map(({ group }) => group))];
  return markup`${groups.map((group) =>
    groupOf(
      group,
      subjects.filter((subject) => subject.group === group),
      objective,
    ),
  )}`;
}

/** The table as a page of its own, unfolded. */
export function factsPage(
  title: string,
  observation: FactsObservation,
  objectives: readonly string[],
): string | null {
  const table = factsTable(observation, objectives);
  if (table === null) return null;
  return plainPage(title, new Markup(table.text.replaceAll("<details>", "<details open>")));
}
