import { mergeVerdicts } from "./criteria.ts";
import type { RunEvent } from "./events.ts";
import { findJudgement } from "./oracles/registry.ts";
import type { Verdict } from "./records.ts";
import { readEvents, readRecord, type Run } from "./run-store.ts";
import { decide, type DecideOptions, type RunVerdict } from "./verdict.ts";

/** One judgement of a stored run, then and now. */
interface Rejudged {
  readonly claim: string;
  readonly objective: string;
  readonly record: string;
  readonly before: Verdict;
  /** By today's oracle and today's limit. */
  readonly after: Verdict;
  readonly changed: boolean;
}

export interface Rejudgement {
  readonly judgements: readonly Rejudged[];
  readonly before: RunVerdict;
  readonly after: RunVerdict;
}

/**
 * Judges a stored run again from its records, without the stack: the answer to a changed oracle or
 * a changed limit, and the audit of an old verdict. Writes nothing.
 *
 * Throws where the events are damaged. A record that cannot be read, or an objective that today's
 * promises do not know, is unknown: what cannot be judged again is no pass.
 */
export function rejudge(run: Run, options: DecideOptions = {}): Rejudgement {
  const events = readEvents(run);
  const judged = events.flatMap((event) =>
    event.type === "judged" ? [{ event, after: judgeAgain(run, event) }] : [],
  );
  const afterOf = new Map<RunEvent, Verdict>(judged.map(({ event, after }) => [event, after]));
  const eventsNow = events.map((event) => {
    const verdict = afterOf.get(event);
    return event.type === "judged" && verdict !== undefined ? { ...event, verdict } : event;
  });
  return {
    judgements: judged.map(({ event, after }) => ({
      claim: event.claim,
      objective: event.verdict.objective,
      record: event.record,
      before: event.verdict,
      after,
      changed: event.verdict.status !== after.status,
    })),
    before: { ...decide(events), runId: run.id },
    after: { ...decide(withClaimStates(eventsNow), options), runId: run.id },
  };
}

function judgeAgain(run: Run, event: Extract<RunEvent, { readonly type: "judged" }>): Verdict {
  const { objective, oracle } = event.verdict;
  const judgement = findJudgement(objective);
  if (judgement === null) return unknown(oracle, objective, "no promise of today has this id");
  try {
    return judgement.judge(readRecord(run, event.record));
  } catch (error) {
    return unknown(oracle, objective, error instanceof Error ? error.message : String(error));
  }
}

/** A claim ended as its verdicts said; where they change, its end changes with them. */
function withClaimStates(events: readonly RunEvent[]): readonly RunEvent[] {
  return events.map((event) => {
    if (event.type !== "claim-ended" || event.state === "broken") return event;
    const verdicts = events.flatMap((other) =>
      other.type === "judged" && other.claim === event.claim ? [other.verdict] : [],
    );
    const ids = new Set(verdicts.map(({ objective }) => objective));
    const merged = [...ids].map(
      (id) => mergeVerdicts(verdicts.filter(({ objective }) => objective === id))?.status,
    );
    if (merged.length === 0) return event;
    if (merged.includes("failed")) return { ...event, state: "failed" };
    return { ...event, state: merged.includes("unknown") ? "unknown" : "passed" };
  });
}

function unknown(oracle: string, objective: string, evidence: string): Verdict {
  return { oracle, objective, status: "unknown", evidence, measurements: [], witnesses: [] };
}
