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

/** One line for each mutant: what it is, and which claim must catch it. */
export function listMutants(all: readonly Mutant[]): string[] {
  const width = Math.max(...all.map(({ id }) => id.length));
  return all.map(
    ({ id, area, claim, objective, title }) =>
      `${id.padEnd(width)}  ${area}: ${title}\n${" ".repeat(width)}  caught by ${claim}, ${objective}`,
  );
}
