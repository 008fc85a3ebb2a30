import type { RunEvent } from "./events.ts";

/** One stretch of a run: a phase, or a claim. */
export interface Span {
  readonly name: string;
  readonly durationMs: number;
}

/**
 * How long each phase and claim of a run took. A phase lasts until the next phase or claim begins;
 * lines of one phase that follow each other are one stretch.
 */
export function spansOf(events: readonly RunEvent[]): readonly Span[] {
  const marks = events.flatMap((event) => {
    const name = nameOf(event);
    return name === undefined ? [] : [{ name, atMs: Date.parse(event.at) }];
  });
  const spans: Span[] = [];
  let open: { name: string; atMs: number } | null = null;
  for (const { name, atMs } of marks) {
    if (open !== null && open.name === name) continue;
    if (open !== null) spans.push({ name: open.name, durationMs: atMs - open.atMs });
    open = name === null ? null : { name, atMs };
  }
  return spans;
}

/** What begins with an event; `null` where something ends, `undefined` where neither is so. */
function nameOf(event: RunEvent): string | null | undefined {
  if (event.type === "phase") return event.phase;
  if (event.type === "claim-started") return event.claim;
  return event.type === "claim-ended" || event.type === "run-ended" ? null : undefined;
}
