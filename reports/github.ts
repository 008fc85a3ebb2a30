import type { Criterion } from "./criteria.ts";
import { formatDuration } from "./format.ts";
import { countWords, decidingWords, deltaWords, exitCodeWords, verdictWords } from "./headline.ts";
import type { RunVerdict } from "./verdict.ts";
import { reproduceCommand } from "./witnesses.ts";

/** GitHub drops a job summary of more than 1 MiB as a whole. */
const summaryBytesMax = 900_000;
/** GitHub shows ten annotations of a kind for a step. */
const annotationsMax = 10;
const cellLengthMax = 600;

const signs: Readonly<Record<Criterion["state"], string>> = {
  failed: "❌ failed",
  unknown: "❔ unknown",
  "not-measured": "❔ not measured",
  waived: "⚠️ waived",
  passed: "✅ passed",
};

const urgency: readonly Criterion["state"][] = [
  "failed",
  "unknown",
  "not-measured",
  "waived",
  "passed",
];

/**
 * A run as a job summary of GitHub in Markdown: the verdict, all that is open, every criterion with
 * its number. What would not fit is left out in words, least urgent first.
 */
export function jobSummary(run: RunVerdict, bytesMax: number = summaryBytesMax): string {
  const open = byUrgency(run.criteria.filter(({ state }) => state !== "passed"));
  const passed = run.criteria.filter(({ state }) => state === "passed");
  const parts = [
    headOf(run),
    ...listOf("Warnings", run.warnings),
    ...listOf("Harness errors", run.harness.errors),
    ...listOf("Left behind", run.harness.leftovers ?? []),
    ...tableOf("Open", open, run.seed),
    ...tableOf("Passed", passed, run.seed, true),
    `Exit code ${run.exitCode}: ${exitCodeWords(run.exitCode)}. ` +
      "`summary.html` among the artifacts has the pictures.\n",
  ];
  return fitting(parts, bytesMax);
}

/** Workflow commands that mark a job: what failed first, never more than GitHub shows. */
export function annotations(run: RunVerdict): readonly string[] {
  const open = byUrgency(run.criteria.filter(({ state }) => state !== "passed"));
  const all = [
    annotation(levelOf(run), verdictWords(run), run.headline),
    ...open.map(({ id, state, title, evidence, claim }) =>
      annotation(state === "waived" ? "warning" : "error", id, `${title}: ${evidence}`, claim),
    ),
    ...run.harness.errors.map((error) => annotation("error", "harness error", error)),
    ...run.harness.warnings.map((warning) => annotation("warning", "warning", warning)),
  ];
  return all.slice(0, annotationsMax);
}

/** Lines for `GITHUB_OUTPUT`, for the jobs that follow. */
export function outputs(run: RunVerdict): string {
  const values = {
    verdict: run.verdict,
    scope: run.scope,
    "exit-code": String(run.exitCode),
    "decided-by": run.decidedBy.join(","),
    run: run.runId,
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}=${oneLine(value)}\n`)
    .join("");
}

function headOf(run: RunVerdict): string {
  const facts = [
    ...countWords(run),
    ...(run.durationMs === null ? [] : [formatDuration(run.durationMs)]),
    `profile ${run.profile ?? "unknown"}`,
    `seed ${run.seed ?? "unknown"}`,
    `commit ${run.commit ?? "unknown"}`,
  ];
  return `## ${text(verdictWords(run))}\n\n**${text(run.headline)}**\n\n${facts.join(" · ")}\n`;
}

function listOf(title: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  return [`### ${title}\n\n${items.map((item) => `- ${text(item)}\n`).join("")}`];
}

function tableOf(
  title: string,
  criteria: readonly Criterion[],
  seed: number | null,
  isFolded = false,
): readonly string[] {
  if (criteria.length === 0) return [];
  const rows = criteria.map((criterion) => {
    const number = decidingWords(criterion) ?? "";
    const delta = deltaWords(criterion);
    const again =
      criterion.state === "passed" ? [] : [`\`${reproduceCommand(criterion.claim, seed)}\``];
    const seen = [text(criterion.evidence), ...(delta === null ? [] : [text(delta)]), ...again];
    const cells = [
      signs[criterion.state],
      text(criterion.id),
      text(criterion.title),
      text(number),
      text(criterion.limit),
      seen.join("<br>"),
    ];
    return `| ${cells.join(" | ")} |\n`;
  });
  const table =
    "| state | id | criterion | decided by | allowed | seen |\n" +
    `| --- | --- | --- | --- | --- | --- |\n${rows.join("")}`;
  const head = `${title}: ${criteria.length}`;
  if (!isFolded) return [`### ${head}\n\n${table}`];
  return [`<details><summary>${head}</summary>\n\n${table}\n</details>\n`];
}

function fitting(parts: readonly string[], bytesMax: number): string {
  const left =
    "\n_Something is left out, because a job summary is bounded; the artifacts have it._\n";
  let whole = "";
  for (const part of parts) {
    const grown = whole === "" ? part : `${whole}\n${part}`;
    if (Buffer.byteLength(grown) + Buffer.byteLength(left) > bytesMax) return whole + left;
    whole = grown;
  }
  return whole;
}

function byUrgency(criteria: readonly Criterion[]): readonly Criterion[] {
  return urgency.flatMap((state) => criteria.filter((criterion) => criterion.state === state));
}

function levelOf({ verdict }: RunVerdict): "notice" | "warning" | "error" {
  if (verdict === "GO") return "notice";
  return verdict === "GO_WITH_WARNINGS" ? "warning" : "error";
}

function annotation(
  level: "notice" | "warning" | "error",
  title: string,
  message: string,
  claim?: string,
): string {
  // Claims that need a browser are the files of another runner.
  const kind = claim?.startsWith("browser/") === true ? "spec" : "test";
  const file = claim === undefined ? "" : `file=suites/${property(claim)}.${kind}.ts,`;
  return `::${level} ${file}title=${property(title)}::${data(shortened(message))}`;
}

/** Escapes as the runner's toolkit does: a log must not be able to give commands to it. */
function data(message: string): string {
  return message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(value: string): string {
  return data(value).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Text of a log as the cell of a table: neither markup nor a row of its own. */
function text(words: string): string {
  return shortened(oneLine(words))
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_{}[\]|#@!]/g, (character) => `\\${character}`);
}

function oneLine(words: string): string {
  return words.replaceAll(/\s+/g, " ");
}

function shortened(words: string): string {
  return words.length <= cellLengthMax ? words : `${words.slice(0, cellLengthMax)} …`;
}
