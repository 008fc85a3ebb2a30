import type { Criterion } from "./criteria.ts";
import { formatCount, formatDuration, formatNumberOf } from "./format.ts";
import { decidingWords, deltaWords } from "./headline.ts";
import type { FaultWindow, History } from "./records.ts";
import { returnsOf, type FaultReturn } from "./returns.ts";
import type { StoredRecord } from "./run-record.ts";
import { returnInWords } from "./timeline-faults.ts";
import { reproduceCommand } from "./witnesses.ts";

/** One step of an Allure result; the adapter's own type, without importing it. */
export interface ReportStep {
  readonly name: string;
  readonly status: "passed" | "failed" | "broken" | "skipped";
  readonly statusDetails: { readonly message?: string };
  readonly stage: "finished";
  readonly steps: readonly ReportStep[];
  readonly attachments: readonly never[];
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly start: number;
  readonly stop: number;
}

const statusByState = {
  passed: "passed",
  failed: "failed",
  unknown: "broken",
  "not-measured": "broken",
  waived: "skipped",
} as const satisfies Record<Criterion["state"], ReportStep["status"]>;

type StepBody = Pick<ReportStep, "name"> & Partial<ReportStep>;

function step(atMs: number, body: StepBody): ReportStep {
  return {
    status: "passed",
    statusDetails: {},
    stage: "finished",
    steps: [],
    attachments: [],
    parameters: [],
    start: atMs,
    stop: atMs,
    ...body,
  };
}

/** One criterion with what was seen, what is allowed and, where it did not pass, how to repeat it. */
export function criterionStep(criterion: Criterion, seed: number | null, atMs: number): ReportStep {
  const { id, claim, title, state, evidence, limit } = criterion;
  const number = decidingWords(criterion);
  const delta = deltaWords(criterion);
  return step(atMs, {
    name: `${id}: ${title}: ${state === "not-measured" ? "not measured" : state}`,
    status: statusByState[state],
    statusDetails: state === "passed" ? {} : { message: evidence },
    parameters: [
      { name: "seen", value: evidence },
      { name: "allowed", value: limit },
      ...(number === null ? [] : [{ name: "number", value: number }]),
      ...(delta === null ? [] : [{ name: "before", value: delta }]),
      ...(state === "passed" ? [] : [{ name: "again", value: reproduceCommand(claim, seed) }]),
    ],
  });
}

/** What a claim did, from its records: its traffic, each fault with its moments, and its criteria. */
export function claimSteps(
  records: readonly StoredRecord[],
  criteria: readonly Criterion[],
  seed: number | null,
  atMs: number,
): readonly ReportStep[] {
  return [
    ...records.flatMap(({ record, problem }) => {
      if (record === null) {
        const message = problem ?? "";
        const name = "Read the record";
        return [step(atMs, { name, status: "broken", statusDetails: { message } })];
      }
      if (record.kind !== "history") return [];
      return [
        trafficStep(record.seen, atMs),
        ...returnsOf(record.seen).map((seen) => faultStep(seen, atMs)),
      ];
    }),
    ...criteria.map((criterion) => criterionStep(criterion, seed, atMs)),
  ];
}

function trafficStep({ title, operations, generator, durationMs }: History, atMs: number) {
  const count = (outcome: string) =>
    formatCount(operations.filter((operation) => operation.outcome === outcome).length);
  return step(atMs, {
    name: `Traffic: ${title}: ${formatNumberOf(operations.length, "request")} in ${formatDuration(durationMs)}`,
    stop: Math.round(atMs + durationMs),
    parameters: [
      { name: "ok", value: count("ok") },
      { name: "failed", value: count("failed") },
      { name: "indeterminate", value: count("indeterminate") },
      { name: "never sent", value: count("dropped") },
      { name: "sent per second", value: generator.achievedRatePerSecond.toFixed(1) },
    ],
  });
}

function faultStep(seen: FaultReturn, atMs: number): ReportStep {
  const { fault } = seen;
  const isProved = fault.effectiveAtMs !== null;
  const load = [
    ...(fault.inFlightAtInjection === null
      ? []
      : [{ name: "in flight", value: String(fault.inFlightAtInjection) }]),
    ...(fault.acknowledgedJustBefore === null
      ? []
      : [{ name: "acknowledged just before", value: String(fault.acknowledgedJustBefore) }]),
  ];
  return step(atMs, {
    name: `Fault: ${fault.name}: ${isProved ? returnInWords(seen) : "not proved in effect"}`,
    status: isProved ? "passed" : "broken",
    stop: Math.round(atMs + (fault.healedAtMs ?? fault.injectedAtMs) - fault.injectedAtMs),
    parameters: load,
    steps: momentSteps(fault, atMs),
  });
}

function momentSteps(fault: FaultWindow, atMs: number): readonly ReportStep[] {
  const { injectedAtMs, effectiveAtMs, recoveredAtMs, healedAtMs, proofs } = fault;
  const moment = (what: string, momentMs: number | null) => {
    const after = momentMs === null ? "never" : `after ${formatDuration(momentMs - injectedAtMs)}`;
    return step(atMs, {
      name: `${what} ${after}`,
      status: momentMs === null ? "broken" : "passed",
      stop: Math.round(atMs + (momentMs ?? injectedAtMs) - injectedAtMs),
    });
  };
  return [
    step(atMs, { name: `Injected ${formatDuration(injectedAtMs)} after the begin of the traffic` }),
    {
      ...moment("Proved in effect", effectiveAtMs),
      parameters: proofs.map(({ observer, seen: words }) => ({ name: observer, value: words })),
    },
    moment("Recovery begun", recoveredAtMs),
    moment("Healthy", healedAtMs),
  ];
}
