import type { RunEvent } from "./events.ts";
import type { JudgedRecord } from "./records.ts";
import { readEvents, readRecord, type Run } from "./run-store.ts";
import { allObjectives } from "./slo.ts";
import type {
  AvailabilityObjective,
  Objective,
  RecoveryObjective,
  SlowShareObjective,
} from "./slo.ts";
import type { TimelineOptions } from "./timeline.ts";
import { decide, type RunVerdict } from "./verdict.ts";

/** One stored record with all that was judged by it. */
export interface StoredRecord {
  readonly path: string;
  readonly claim: string;
  readonly objectives: readonly string[];
  /** `null` where the file is missing or damaged; `problem` says why. */
  readonly record: JudgedRecord | null;
  readonly problem: string | null;
}

/** A run as the reports need it: nothing but what its folder holds. */
export interface RunRecord {
  readonly verdict: RunVerdict;
  readonly events: readonly RunEvent[];
  readonly records: readonly StoredRecord[];
}

/** Reads a run; a record that cannot be read does not keep the report from telling the rest. */
export function readRun(run: Run): RunRecord {
  const events = readEvents(run);
  const paths = new Map<string, StoredRecord>();
  for (const event of events) {
    if (event.type !== "judged") continue;
    const known = paths.get(event.record);
    const objectives = new Set([...(known?.objectives ?? []), event.verdict.objective]);
    paths.set(event.record, {
      ...(known ?? { path: event.record, claim: event.claim, ...readOne(run, event.record) }),
      objectives: [...objectives],
    });
  }
  return {
    verdict: { ...decide(events), runId: run.id },
    events,
    records: [...paths.values()],
  };
}

/** How a history is drawn for the objectives that were judged by it. */
export function timelineOptionsFor(objectives: readonly string[]): Partial<TimelineOptions> {
  const judged: readonly Indicators[] = allObjectives.filter(({ id }) => objectives.includes(id));
  const lines = judged.flatMap(({ since, serviceMsMax, capacityMsMax = null }) =>
    since === undefined || serviceMsMax === undefined
      ? []
      : [{ since, serviceMsMax, capacityMsMax }],
  );
  return { ...latencyOptions(judged), recovery: lines[0] ?? null };
}

/** What an objective can say about a picture; each kind says a part of it. */
type Indicators = Objective &
  Partial<
    Pick<SlowShareObjective, "label" | "limitMs"> &
      Pick<AvailabilityObjective, "latencyMsMax"> &
      Pick<RecoveryObjective, "since" | "serviceMsMax" | "capacityMsMax" | "answerMsMax">
  >;

/** The first limit that there is: of a first byte, of any answer, of the worst one meanwhile. */
function latencyOptions(judged: readonly Indicators[]): Partial<TimelineOptions> {
  for (const { limitMs, label } of judged) {
    if (limitMs !== undefined) return { latency: "first byte", limitMs, label: label ?? null };
  }
  const limitMs =
    judged.find(({ latencyMsMax }) => latencyMsMax !== undefined)?.latencyMsMax ??
    judged.find(({ answerMsMax }) => answerMsMax !== undefined)?.answerMsMax;
  return limitMs === undefined ? {} : { latency: "whole answer", limitMs };
}

function readOne(run: Run, path: string): Pick<StoredRecord, "record" | "problem"> {
  try {
    return { record: readRecord(run, path), problem: null };
  } catch (error) {
    return { record: null, problem: error instanceof Error ? error.message : String(error) };
  }
}
