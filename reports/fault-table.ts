import type { ClaimResult } from "./criteria.ts";
import { formatCount, formatDuration } from "./format.ts";
import { phaseOf } from "./phases.ts";
import type { FaultWindow, History } from "./records.ts";
import { returnsOf, wholeAfterMs, type FaultReturn } from "./returns.ts";
import type { RunRecord } from "./run-record.ts";
import { quantile } from "./statistics.ts";

/** One fault of one run, as clients and observers saw it. */
interface SeenFault {
  readonly claim: string;
  /** The same for every victim of its kind. */
  readonly fault: string;
  readonly proved: boolean;
  readonly observers: readonly string[];
  readonly requests: number;
  readonly failed: number;
  readonly slowestMs: number;
  readonly serviceAfterMs: number | null;
  readonly wholeAfterMs: number | null;
}

/** What the table needs of a run: its operations are too many to keep those of several runs. */
export interface FaultsOfRun {
  readonly faults: readonly SeenFault[];
  readonly claims: readonly ClaimResult[];
}

export function faultsOfRun({ verdict, records }: RunRecord): FaultsOfRun {
  const faults = records.flatMap(({ claim, record }) => {
    if (record?.kind !== "history") return [];
    const { seen } = record;
    return returnsOf(seen).map((back) => seenFault(claim, seen, back));
  });
  return { faults, claims: verdict.claims };
}

function seenFault(claim: string, { operations }: History, back: FaultReturn): SeenFault {
  const { fault } = back;
  const during = operations.filter((operation) => phaseOf(operation, [fault]) === "during");
  return {
    claim,
    fault: fault.name.replaceAll(/\b([a-z]+)-\d+\b/g, "$1"),
    proved: isProved(fault),
    observers: fault.proofs.filter(({ confirms }) => confirms).map(({ observer }) => observer),
    requests: during.length,
    failed: during.filter(({ outcome }) => outcome !== "ok").length,
    slowestMs: during.reduce(
      (slowest, { intendedAtMs, endedAtMs }) => Math.max(slowest, endedAtMs - intendedAtMs),
      0,
    ),
    serviceAfterMs: back.serviceAfterMs,
    wholeAfterMs: wholeAfterMs(back),
  };
}

function isProved({ effectiveAtMs, proofs }: FaultWindow): boolean {
  return effectiveAtMs !== null && proofs.some(({ confirms }) => confirms);
}

const columns = [
  "Fault",
  "Claim",
  "Proved by (effect and healing)",
  "Proved",
  "Failed requests",
  "Slowest answer",
  "Service back: median / worst",
  "All replicas back: median / worst",
  "Claim results",
] as const;

/**
 * Every fault of several runs as a table in Markdown: by whom it was proved, what clients saw of it,
 * how soon service and capacity were back, and how its claim ended.
 *
 * Times count from the harm, by the windows of `returnsOf`. Rows are in the order in which the
 * faults first came.
 */
export function faultTable(runs: readonly FaultsOfRun[]): string {
  const groups = new Map<string, SeenFault[]>();
  for (const seen of runs.flatMap(({ faults }) => faults)) {
    const key = `${seen.claim} ${seen.fault}`;
    groups.set(key, [...(groups.get(key) ?? []), seen]);
  }
  const rows = [...groups.values()].map((group) => rowOf(group, runs));
  return [columns, columns.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map(escapeCell).join(" | ")} |\n`)
    .join("");
}

function rowOf(group: readonly SeenFault[], runs: readonly FaultsOfRun[]): readonly string[] {
  const [{ claim, fault } = { claim: "", fault: "" }] = group;
  const sum = (valueOf: (seen: SeenFault) => number) =>
    group.reduce((total, seen) => total + valueOf(seen), 0);
  const proved = group.filter((seen) => seen.proved).length;
  const slowestMs = Math.max(...group.map((seen) => seen.slowestMs));
  return [
    fault,
    `\`${claim}\``,
    [...new Set(group.flatMap(({ observers }) => observers))].join(", ") || "nobody",
    `${proved} of ${group.length}`,
    `${formatCount(sum(({ failed }) => failed))} of ${formatCount(sum(({ requests }) => requests))}`,
    formatDuration(slowestMs),
    medianAndWorst(group.map(({ serviceAfterMs }) => serviceAfterMs)),
    medianAndWorst(group.map((seen) => seen.wholeAfterMs)),
    resultsOf(claim, runs),
  ];
}

/** What was never seen back is worse than any time that was seen. */
function medianAndWorst(afterMs: readonly (number | null)[]): string {
  const seen = afterMs.flatMap((each) => each ?? []);
  const unseen = afterMs.length - seen.length;
  const median = quantile(seen, 0.5);
  if (median === null) return "not seen";
  const worst = unseen > 0 ? `not seen ${unseen} times` : formatDuration(Math.max(...seen));
  return `${formatDuration(median)} / ${worst}`;
}

function resultsOf(claim: string, runs: readonly FaultsOfRun[]): string {
  const states = runs.flatMap(({ claims }) =>
    claims.filter((result) => result.claim === claim).map(({ state }) => state),
  );
  const counts = [...new Set(states)].map(
    (state) => `${states.filter((each) => each === state).length} ${state}`,
  );
  return counts.join(", ");
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
}
