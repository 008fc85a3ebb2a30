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
  const marks = events.flatMap((event): readonly { name: string | null; atMs: number }[] => {
    const atMs = Date.parse(event.at);
    switch (event.type) {
      case "phase":
        return [{ name: event.phase, atMs }];
      case "claim-started":
        return [{ name: event.claim, atMs }];
      case "claim-ended":
      case "run-ended":
        return [{ name: null, atMs }];
      default:
        return [];
    }
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
