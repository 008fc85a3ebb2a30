/** Which defects the suite has been seen to catch: one row for each mutant, kept from campaign to campaign. */

import { formatNumberOf } from "./format.ts";
import type { JudgedMutant, MutantScore, MutantState } from "./mutant-score.ts";
import { checkShape, exactly, mapOf, number, nullable, oneOf, shapeOf, text } from "./shape.ts";
import type { Guard } from "./shape.ts";

/** One try of a mutant. */
interface Try {
  readonly state: MutantState;
  /** When its campaign began, in ISO 8601. */
  readonly at: string;
  readonly durationMs: number;
  /** Who had to catch it then; a try that another claim had to answer says nothing today. */
  readonly claim: string;
  readonly objective: string;
}

interface Row {
  /** Day on which the mutant came into the catalogue. */
  readonly since: string;
  readonly last: Try | null;
  readonly lastCaught: Try | null;
}

/** What `track-record.json` holds, by the id of the mutant. */
export interface TrackRecord {
  readonly schemaVersion: 1;
  readonly mutants: Readonly<Record<string, Row>>;
}

const tryShape: Guard<Try> = shapeOf<Try>({
  state: oneOf("caught", "missed", "not caught"),
  at: text,
  durationMs: number,
  claim: text,
  objective: text,
});

const recordShape: Guard<TrackRecord> = shapeOf<TrackRecord>({
  schemaVersion: exactly(1),
  mutants: mapOf(
    shapeOf<Row>({ since: text, last: nullable(tryShape), lastCaught: nullable(tryShape) }),
  ),
});

/** @throws Error that says where it differs, when the text is no track record */
export function readTrackRecord(json: string): TrackRecord {
  return checkShape("read the track record", JSON.parse(json), recordShape);
}

type Score = Pick<MutantScore, "startedAt" | "results">;

function triesOf({ id, claim, objective }: JudgedMutant, scores: readonly Score[]): Try[] {
  return scores.flatMap(({ startedAt, results }) =>
    results
      .filter((each) => each.id === id && each.claim === claim && each.objective === objective)
      .map(({ state, durationMs }) => ({ state, at: startedAt, durationMs, claim, objective })),
  );
}

function newest(tries: readonly (Try | null)[]): Try | null {
  return tries.reduce(
    (best, each) => (best === null || (each !== null && each.at > best.at) ? each : best),
    null,
  );
}

/**
 * The record with what further campaigns have seen: a row for each mutant of the catalogue, and none
 * for any other. A result that is older than what is known changes nothing.
 *
 * @param today day of those that are new in the catalogue, as in `2026-11-23`
 */
export function mergeScores(
  record: TrackRecord,
  catalogue: readonly JudgedMutant[],
  scores: readonly Score[],
  today: string,
): TrackRecord {
  const rows = catalogue.map((mutant): [string, Row] => {
    const known = record.mutants[mutant.id];
    const isAboutIt = (each: Try | null) =>
      each?.claim === mutant.claim && each.objective === mutant.objective ? each : null;
    const tries = triesOf(mutant, scores);
    const caught = tries.filter(({ state }) => state === "caught");
    return [
      mutant.id,
      {
        since: known?.since ?? today,
        last: newest([isAboutIt(known?.last ?? null), ...tries]),
        lastCaught: newest([isAboutIt(known?.lastCaught ?? null), ...caught]),
      },
    ];
  });
  return { schemaVersion: 1, mutants: Object.fromEntries(rows) };
}

/** Columns as wide as their widest cell, which is how the formatter of the repository wants them. */
function tableOf(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? "").length)),
  );
  const [heading = [], ...rows] = lines;
  const rule = widths.map((width) => "-".repeat(width));
  return [heading, rule, ...rows]
    .map(
      (line) =>
        `| ${widths.map((width, column) => (line[column] ?? "").padEnd(width)).join(" | ")} |`,
    )
    .join("\n");
}

function cell(words: string): string {
  return words.replaceAll("|", "\\|");
}

function dayOf(at: string): string {
  return at.slice(0, 10);
}

function lastSeen({ last, lastCaught }: Row): string {
  const caught = lastCaught === null ? "not yet seen" : dayOf(lastCaught.at);
  if (last === null || last.state === "caught") return caught;
  return `${caught}; **${last.state}** on ${dayOf(last.at)}`;
}

function cellsOf({ id, title, claim, objective }: JudgedMutant, row: Row): readonly string[] {
  const seconds =
    row.lastCaught === null ? "" : String(Math.round(row.lastCaught.durationMs / 1_000));
  return [
    `${cell(title)} (\`${id}\`)`,
    `\`${claim}\`, ${objective}`,
    row.since,
    lastSeen(row),
    seconds,
  ];
}

/**
 * The record as a page for people, by area of the catalogue.
 *
 * @throws Error for a mutant without a row
 */
export function trackRecordPage(
  catalogue: readonly JudgedMutant[],
  { mutants }: TrackRecord,
): string {
  const rows = catalogue.map((mutant) => {
    const row = mutants[mutant.id];
    if (row !== undefined) return { mutant, row };
    throw new Error(
      `print the track record: saw no row of ${mutant.id}, allowed is one for each mutant; write it with npm run mutants -- --record`,
    );
  });
  const seen = rows.filter(({ row }) => row.lastCaught !== null);
  const open = rows.filter(({ row }) => row.last !== null && row.last.state !== "caught");
  const seconds = seen.reduce((sum, { row }) => sum + (row.lastCaught?.durationMs ?? 0), 0) / 1_000;
  const areas = [...new Set(catalogue.map(({ area }) => area))];
  const tables = areas.map((area) => {
    const own = rows.filter(({ mutant }) => mutant.area === area);
    const heading = ["defect", "claim", "since", "last seen caught", "seconds"];
    const cells = own.map(({ mutant, row }) => cellsOf(mutant, row));
    return `## ${area}\n\n${tableOf([heading, ...cells])}\n`;
  });
  return [
    "# Track record",
    "",
    "Every defect of the catalogue, the claim that has to catch it, and when it last did. `npm run mutants`",
    "writes it after each campaign, from what was seen: a mutant that was not tried keeps its row.",
    "",
    `${formatNumberOf(rows.length, "defect")}: ${seen.length} seen caught, ${rows.length - seen.length} not yet seen, ` +
      `${open.length} not caught when last tried. All that were caught took ${Math.round(seconds / 60)} minutes, one after the other.`,
    "",
    ...tables,
  ].join("\n");
}
