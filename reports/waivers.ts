import { checkShape, exactly, listOf, shapeOf, text, type Guard } from "./shape.ts";

/** A promise that somebody answers for until a date: it warns, and does not stop a release. */
export interface Waiver {
  /** Id of the objective, such as `VP-2.headers`. */
  readonly criterion: string;
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. */
  readonly expires: string;
}

/** The file says something that cannot be meant, or something that is over. */
export class WaiverError extends Error {
  override readonly name = "WaiverError";
}

/** A waiver is a short debt: longer ones are written again, by somebody who looks again. */
const daysMax = 90;
const dayMs = 86_400_000;

export const waiverShape: Guard<Waiver> = shapeOf<Waiver>({
  criterion: text,
  reason: text,
  owner: text,
  expires: text,
});

/**
 * The waivers of a file, all of them valid on that day.
 *
 * @param what names the file in messages
 * @param known ids of all objectives
 * @throws WaiverError for another shape, a word that nobody knows, an unknown criterion, one that is
 *   waived twice, an empty reason or owner, a date that is none, too far away, or over
 */
export function waiversFrom(
  what: string,
  value: unknown,
  known: readonly string[],
  today: string,
): readonly Waiver[] {
  const waivers = listedIn(what, value);
  const problems = waivers.flatMap((waiver, index) => {
    const isTwice = waivers.findIndex(({ criterion }) => criterion === waiver.criterion) < index;
    return [...problemsOf(waiver, known, today), ...(isTwice ? ["it is waived twice"] : [])].map(
      (problem) => `${waiver.criterion}: ${problem}`,
    );
  });
  if (problems.length > 0) throw new WaiverError(`reading ${what}: ${problems.join("; ")}`);
  return waivers;
}

/** Whether a waiver holds on that day, which is included. */
export function holdsOn({ expires }: Waiver, today: string): boolean {
  return today <= expires;
}

/** The day of a moment in ISO 8601, in UTC. */
export function dayOf(at: string): string {
  return at.slice(0, 10);
}

function listedIn(what: string, value: unknown): readonly Waiver[] {
  try {
    const file = checkShape(`reading ${what}`, value, fileShape);
    requireKnownWords("the file", file, ["$schema", "schemaVersion", "waivers"]);
    for (const waiver of file.waivers) {
      requireKnownWords(waiver.criterion, waiver, ["criterion", "reason", "owner", "expires"]);
    }
    return file.waivers;
  } catch (error) {
    throw new WaiverError(error instanceof Error ? error.message : String(error), { cause: error });
  }

  function requireKnownWords(where: string, object: object, words: readonly string[]): void {
    const unknown = Object.keys(object).find((key) => !words.includes(key));
    if (unknown === undefined) return;
    throw new Error(`reading ${what}: ${where} has "${unknown}", allowed is ${words.join(", ")}`);
  }
}

const fileShape = shapeOf<{ readonly schemaVersion: 1; readonly waivers: readonly Waiver[] }>({
  schemaVersion: exactly(1),
  waivers: listOf(waiverShape),
});

function problemsOf(waiver: Waiver, known: readonly string[], today: string): readonly string[] {
  const { criterion, reason, owner, expires } = waiver;
  return [
    ...(known.includes(criterion) ? [] : [`no criterion has this id; ${near(criterion, known)}`]),
    ...(reason.trim() === "" ? ["it gives no reason"] : []),
    ...(owner.trim() === "" ? ["nobody answers for it"] : []),
    ...problemsOfDay(expires, waiver, today),
  ];
}

function problemsOfDay(expires: string, waiver: Waiver, today: string): readonly string[] {
  const atMs = Date.parse(`${expires}T00:00:00Z`);
  if (!Number.isFinite(atMs) || new Date(atMs).toISOString().slice(0, 10) !== expires) {
    return [`it expires "${expires}", allowed is a day such as 2026-01-31`];
  }
  if (!holdsOn(waiver, today)) {
    return [`it expired on ${expires}, today is ${today}; repair the cause, or decide again`];
  }
  const days = Math.round((atMs - Date.parse(`${today}T00:00:00Z`)) / dayMs);
  return days > daysMax ? [`it holds for ${days} more days, allowed are ${daysMax}`] : [];
}

function near(criterion: string, known: readonly string[]): string {
  const promise = criterion.split(".")[0] ?? criterion;
  const same = known.filter((id) => id.startsWith(`${promise}.`));
  return `known are ${(same.length > 0 ? same : known).join(", ")}`;
}
