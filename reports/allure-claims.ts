import { claimSteps } from "./allure-steps.ts";
import type { ClaimResult, Criterion } from "./criteria.ts";
import type { StoredRecord } from "./run-record.ts";
import { isObject } from "./shape.ts";
import { promises } from "./slo.ts";
import { reproduceCommand } from "./witnesses.ts";

/** What an Allure result shows as a file; the adapter's own type, without importing it. */
export interface AttachmentOfClaim {
  readonly claim: string;
  readonly name: string;
  readonly type: string;
  readonly source: string;
}

/** What a run knows of its claims. */
export interface ClaimContext {
  readonly criteria: readonly Criterion[];
  readonly records: readonly StoredRecord[];
  readonly attachments: readonly AttachmentOfClaim[];
  readonly seed: number | null;
}

const fullNameOfClaim = /suites\/(.+)\.(?:test|spec)\.ts#/;

/** The claim that a result of a test runner belongs to; `null` for any other kind of result. */
export function claimOfResult(result: unknown): string | null {
  if (!isObject(result) || typeof result["fullName"] !== "string") return null;
  return fullNameOfClaim.exec(result["fullName"])?.[1] ?? null;
}

/**
 * Completes one result of a test runner: the promise as epic and as severity, the claim as feature,
 * its criteria as tags (a story each would show a criterion that passed in the colour of one that did
 * not), what it did and judged as steps, the pictures and witnesses of the claim as attachments, the
 * way to its place in the summary, and how to measure it again.
 *
 * Returns `null` where nothing is to be added: another kind of result, or one that has it already.
 */
export function completedResult(
  result: unknown,
  { criteria, records, attachments, seed }: ClaimContext,
): Readonly<Record<string, unknown>> | null {
  const claim = claimOfResult(result);
  if (claim === null || !isObject(result)) return null;
  const own = criteria.filter((criterion) => criterion.claim === claim);
  const labels = listIn(result, "labels");
  if (own.length === 0 || labels.some((label) => isObject(label) && label["name"] === "epic")) {
    return null;
  }
  const start = typeof result["start"] === "number" ? result["start"] : 0;
  const judged = records.filter((record) => record.claim === claim);
  const added = attachments.filter((attachment) => attachment.claim === claim);
  return {
    ...result,
    labels: [...labels, ...labelsOf(claim, own)],
    links: [...listIn(result, "links"), ...linksOf(own)],
    parameters: [...listIn(result, "parameters"), ...repetition(claim, seed)],
    steps: [...listIn(result, "steps"), ...claimSteps(judged, own, seed, start)],
    attachments: [
      ...listIn(result, "attachments"),
      ...added.map(({ name, type, source }) => ({ name, type, source })),
    ],
  };
}

/**
 * A result for a claim of which no runner left one, told by the run's own events: a report that shows
 * fewer claims than were planned would look better than the run was.
 */
export function missingResult(
  { claim, state, error, durationMs }: ClaimResult,
  context: ClaimContext,
  identity: { readonly uuid: string; readonly historyId: string; readonly startMs: number },
): Readonly<Record<string, unknown>> {
  const { uuid, historyId, startMs } = identity;
  const why = `no runner left a result of ${claim}; the record of the run has it as ${state}`;
  const message = `${state === "failed" || state === "broken" ? "" : "INCONCLUSIVE: "}${why}${error === null ? "" : `: ${error}`}`;
  const bare = {
    uuid,
    historyId,
    fullName: `hyper-mission:suites/${claim}.test.ts#${claim}`,
    name: claim,
    status: state === "passed" || state === "failed" ? state : "broken",
    statusDetails: { message: state === "passed" ? why : message },
    stage: "finished",
    start: startMs,
    stop: startMs + (durationMs ?? 0),
    labels: [],
  };
  return completedResult(bare, context) ?? { ...bare, labels: labelsOf(claim, []) };
}

function labelsOf(claim: string, own: readonly Criterion[]) {
  const [first] = own;
  const words = promises.find(({ id }) => id === first?.promise)?.words ?? "";
  const epic = first === undefined ? "Claims without a criterion" : `${first.promise} ${words}`;
  return [
    { name: "epic", value: epic.trim() },
    { name: "feature", value: claim },
    ...own.map(({ id }) => ({ name: "tag", value: id })),
    { name: "parentSuite", value: claim.split("/")[0] ?? claim },
    { name: "suite", value: claim },
    { name: "severity", value: severityOf(own) },
  ];
}

const severities = ["blocker", "critical", "normal"] as const;

/** The worst of what its promises weigh. */
function severityOf(own: readonly Criterion[]): string {
  const weights: readonly string[] = own.map(
    ({ promise }) => promises.find(({ id }) => id === promise)?.severity ?? "normal",
  );
  return severities.find((severity) => weights.includes(severity)) ?? "normal";
}

function linksOf(own: readonly Criterion[]) {
  return own.map(({ id }) => ({
    name: `${id} in the summary`,
    url: `../summary.html#${id}`,
    type: "custom",
  }));
}

/** Excluded from what identifies a result, because every run has another seed. */
function repetition(
  claim: string,
  seed: number | null,
): readonly Readonly<Record<string, unknown>>[] {
  return [
    { name: "seed", value: seed === null ? "not on record" : String(seed), excluded: true },
    { name: "again", value: reproduceCommand(claim, seed), excluded: true },
  ];
}

function listIn(value: Readonly<Record<string, unknown>>, key: string): readonly unknown[] {
  const found = value[key];
  return Array.isArray(found) ? found : [];
}
