/** `endings`: brings every ending about and holds it against what is promised of it. */

import { removeDeadRuns } from "../../stack/leftovers.ts";
import { print, progress } from "../console.ts";
import { CommandError, exitCodes } from "../exit-codes.ts";
import { requireEngine, requireEngineHere } from "../preflight.ts";
import { bringAbout } from "./bring-about.ts";
import { endings as catalogue } from "./catalogue.ts";
import type { Ending } from "./ending.ts";
import { endingTable, exitCodeOf } from "./judge-ending.ts";
import type { EndingResult } from "./judge-ending.ts";

/** The named endings, in the order of the catalogue; all where nothing is named. */
export function endingsNamed(
  ids: readonly string[],
  withEngine: boolean,
  all: readonly Ending[] = catalogue,
): readonly Ending[] {
  const unknown = ids.filter((id) => !all.some((ending) => ending.id === id));
  const chosen = all.filter(
    ({ id, needsEngine }) => (ids.length === 0 || ids.includes(id)) && (withEngine || !needsEngine),
  );
  if (unknown.length === 0 && chosen.length > 0) return chosen;
  const wrong = unknown.length > 0 ? unknown : ids;
  throw new CommandError(
    `no ending is meant by ${wrong.map((id) => `"${id}"`).join(", ")}; endings: ${all.map(({ id }) => id).join(", ")}`,
    exitCodes.usage,
  );
}

/** One line for each ending. */
export function listEndings(all: readonly Ending[]): readonly string[] {
  const width = Math.max(...all.map(({ id }) => id.length));
  return all.map(
    ({ id, title, expected }) =>
      `${id.padEnd(width)}  ${expected.exitCode}, ${expected.verdict}: ${title}`,
  );
}

/**
 * Brings endings about, each with a process of its own in a copy of the checkout.
 *
 * @returns 0 only when every one ended as it should; 69 when this machine cannot have one of them
 */
export async function bringAboutAll(chosen: readonly Ending[]): Promise<number> {
  if (chosen.some(({ needsEngine }) => needsEngine)) {
    await requireEngineHere("starting stacks that end badly");
    await requireEngine();
    await removeDeadRuns();
  }
  const results = new Map<Ending, EndingResult>();
  const bring = async (ending: Ending) => {
    progress(`${ending.id}: ${ending.title}`);
    results.set(ending, await bringAbout(ending));
  };
  const early = chosen.filter(({ needsEngine }) => !needsEngine);
  const lane = async () => {
    for (let next = early.shift(); next !== undefined; next = early.shift()) await bring(next);
  };
  await Promise.all([lane(), lane()]);
  // One stack at a time: two would measure each other.
  for (const ending of chosen.filter(({ needsEngine }) => needsEngine)) await bring(ending);
  const seen = chosen.flatMap((ending) => results.get(ending) ?? []);
  for (const line of endingTable(seen)) print(line);
  const good = seen.filter(
    ({ differences, impossible }) => differences.length === 0 && impossible === null,
  );
  print(`${good.length} of ${seen.length} ended as expected`);
  return exitCodeOf(seen);
}
