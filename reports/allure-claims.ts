import type { Criterion } from "./criteria.ts";
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

const fullNameOfClaim = /suites\/(.+)\.(?:test|spec)\.ts#/;

/**
 * Completes one result of a test runner: the promise as epic, the claim as feature, its criteria as
 * tags (a story each would show a criterion that passed in the colour of one that did not), the
 * pictures and witnesses of the claim as attachments, and how to measure it again.
 *
 * Returns `null` where nothing is to be added: another kind of result, or one that has it already.
 */
export function completedResult(
  result: unknown,
  criteria: readonly Criterion[],
  attachments: readonly AttachmentOfClaim[],
  seed: number | null,
): Readonly<Record<string, unknown>> | null {
  if (!isObject(result) || typeof result["fullName"] !== "string") return null;
  const claim = fullNameOfClaim.exec(result["fullName"])?.[1];
  const own = criteria.filter((criterion) => criterion.claim === claim);
  const labels = listIn(result, "labels");
  const [first] = own;
  if (first === undefined || labels.some((label) => isObject(label) && label["name"] === "epic")) {
    return null;
  }
  const words = promises.find(({ id }) => id === first.promise)?.words ?? "";
  const added = attachments.filter((attachment) => attachment.claim === claim);
  return {
    ...result,
    labels: [
      ...labels,
      { name: "epic", value: `${first.promise} ${words}`.trim() },
      { name: "feature", value: first.claim },
      ...own.map(({ id }) => ({ name: "tag", value: id })),
      { name: "parentSuite", value: first.claim.split("/")[0] ?? first.claim },
      { name: "suite", value: first.claim },
      { name: "severity", value: "critical" },
    ],
    parameters: [...listIn(result, "parameters"), ...repetition(first.claim, seed)],
    attachments: [
      ...listIn(result, "attachments"),
      ...added.map(({ name, type, source }) => ({ name, type, source })),
    ],
  };
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
