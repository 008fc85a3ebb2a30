/** Which mutants a command means. */

import { mutants as catalogue } from "../stack/mutants/index.ts";
import type { Mutant } from "../stack/mutants/mutant.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";

/**
 * The named mutants, in the order of the catalogue; all where nothing is named.
 *
 * @throws CommandError that lists the names when no mutant is called so
 */
export function mutantsNamed(
  ids: readonly string[],
  area: string | null,
  all: readonly Mutant[] = catalogue,
): Mutant[] {
  const unknown = ids.filter((id) => !all.some((mutant) => mutant.id === id));
  if (unknown.length > 0) {
    throw new CommandError(
      `no mutant is called ${unknown.map((id) => `"${id}"`).join(", ")}; mutants: ${all.map(({ id }) => id).join(", ")}`,
      exitCodes.usage,
    );
  }
  const chosen = all.filter(
    (mutant) =>
      (ids.length === 0 || ids.includes(mutant.id)) && (area === null || mutant.area === area),
  );
  if (chosen.length > 0) return chosen;
  throw new CommandError(
    `no mutant is meant: ${ids.join(", ") || "any"} in the area ${area ?? "any"}; areas: ${[...new Set(all.map((mutant) => mutant.area))].join(", ")}`,
    exitCodes.usage,
  );
}

/** Suites that look and do not hurt: what they leave behind is what they found. */
const lookingOnly = [
  "api/",
  "tls/",
  "browser/",
  "hardening/",
  "static/",
  "load/balance",
  "load/upstream-connections",
];
/** Of these, those that take longer than all others together where many mutants share a stack. */
const lookingLong = ["browser/", "load/"];

function isOf(suites: readonly string[], claim: string): boolean {
  return suites.some((suite) => claim.startsWith(suite));
}

/** Whether all of a mutant is in the gateway and its certificate, and its claim hurts nothing. */
export function canShareStack({ claim, overlay }: Pick<Mutant, "claim" | "overlay">): boolean {
  const { edits = [], sql = [], variables = {} } = overlay;
  return (
    isOf(lookingOnly, claim) &&
    edits.every(({ file }) => file.startsWith("gateway/")) &&
    sql.length === 0 &&
    Object.keys(variables).length === 0
  );
}

/** Whether it takes seconds: on a stack that it shares, by a claim that has soon seen enough. */
export function isCheap(mutant: Pick<Mutant, "claim" | "overlay">): boolean {
  return canShareStack(mutant) && !isOf(lookingLong, mutant.claim);
}

/** What a job can afford; all where neither is asked for. */
export interface Budget {
  readonly cheap: boolean;
  /** In so many days all mutants that are not cheap have had their turn; `null` for none of them. */
  readonly rotateDays: number | null;
}

/** Days since 1970 in UTC: unlike the day of the year it skips nobody's turn at new year. */
function dayOf(date: Date): number {
  return Math.floor(date.getTime() / 86_400_000);
}

/**
 * The mutants of one day: the cheap ones if they are asked for, and of the others the day's part.
 *
 * @throws CommandError when there would be days without any: nothing tried is nothing shown
 */
export function mutantsOfTheDay(
  chosen: readonly Mutant[],
  { cheap, rotateDays }: Budget,
  date: Date,
): Mutant[] {
  if (!cheap && rotateDays === null) return [...chosen];
  const others = chosen.filter((mutant) => !isCheap(mutant));
  if (rotateDays !== null && rotateDays > others.length) {
    throw new CommandError(
      `rotate ${others.length} mutants over ${rotateDays} days: allowed are so many days as there are mutants`,
      exitCodes.usage,
    );
  }
  const turn = rotateDays === null ? -1 : dayOf(date) % rotateDays;
  const ofToday = others.filter((_, index) => index % (rotateDays ?? 1) === turn);
  return chosen.filter((mutant) => (cheap && isCheap(mutant)) || ofToday.includes(mutant));
}

/** One line for each mutant: what it is, and which claim must catch it. */
export function listMutants(all: readonly Mutant[]): string[] {
  const width = Math.max(...all.map(({ id }) => id.length));
  return all.map(
    ({ id, area, claim, objective, title }) =>
      `${id.padEnd(width)}  ${area}: ${title}\n${" ".repeat(width)}  caught by ${claim}, ${objective}`,
  );
}
