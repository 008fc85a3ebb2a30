import type { Criterion } from "./criteria.ts";
import { formatDuration } from "./format.ts";
import type { JudgedRecord, Operation } from "./records.ts";
import { nameReplicas } from "./replica-names.ts";

/** One thing that broke an objective, with what is on record of it. */
export interface Witness {
  /** The name that the oracle gave it: of a request, of a write by its key, of a mission, or other. */
  readonly id: string;
  /** `null` where it is no request of the history. */
  readonly operation: Operation | null;
  /** Who answered; `null` where nobody did. */
  readonly replica: string | null;
}

/** What a criterion rests on, each joined with its request where there is one. */
export function witnessesOf(
  { witnesses }: Pick<Criterion, "witnesses">,
  record: JudgedRecord | null,
): readonly Witness[] {
  const nameOf = nameReplicas(record?.kind === "history" ? record.seen : { containers: [] });
  const wanted = new Set(witnesses);
  const byId = new Map<string, Operation>();
  for (const operation of record?.kind === "history" ? record.seen.operations : []) {
    for (const id of [operation.requestId, operation.idempotencyKey, operation.resource]) {
      // The first one is what made it; others of the same key or mission only came back to it.
      if (id !== null && wanted.has(id) && !byId.has(id)) byId.set(id, operation);
    }
  }
  return witnesses.map((id) => {
    const operation = byId.get(id) ?? null;
    const replica = operation?.replica ?? null;
    return { id, operation, replica: replica === null ? null : nameOf(replica) };
  });
}

/** How a request ended, in words: `ok 201`, `indeterminate: timeout`, `failed: status 503`. */
function endingInWords({ outcome, failureClass, status }: Operation): string {
  if (failureClass === null) return status === null ? outcome : `${outcome} ${status}`;
  return `${outcome}: ${failureClass}${status === null ? "" : ` ${status}`}`;
}

/** Columns of a table of witnesses. */
export const witnessColumns = ["id", "request", "at", "ending", "took", "replica"] as const;

/** One row of that table; empty cells where the witness is no request. */
export function witnessCells({ id, operation, replica }: Witness): readonly string[] {
  if (operation === null) return [id, "", "", "", "", ""];
  const { method, label, intendedAtMs, endedAtMs } = operation;
  return [
    id,
    `${method} ${label}`,
    formatDuration(intendedAtMs),
    endingInWords(operation),
    formatDuration(Math.max(0, endedAtMs - intendedAtMs)),
    replica ?? "none",
  ];
}

/** The table as CSV (RFC 4180), for readers that show a file as a table. */
export function witnessCsv(witnesses: readonly Witness[]): string {
  return [witnessColumns, ...witnesses.map(witnessCells)]
    .map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\r\n`)
    .join("");
}

/** The command that measures one claim again, with the same choices where they are known. */
export function reproduceCommand(claim: string, seed: number | null): string {
  return `npm run suite -- ${claim}${seed === null ? "" : ` --seed ${seed}`}`;
}
