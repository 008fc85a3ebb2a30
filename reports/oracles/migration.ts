import { verdictsOf } from "../assumptions.ts";
import { firstAndMore, formatCount, formatNumberOf } from "../format.ts";
import { atMost } from "../measure.ts";
import type { DataMove, HarmlessAct, MigrationObservation, TableContent } from "../records.ts";
import type { MigrationObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "migration";

/** Exit codes that say that the surroundings were not fit, which is nothing about the move. */
const surroundings: readonly (number | null)[] = [10, 11, null];

type Facts = Readonly<Record<string, string>>;

/**
 * Judges that a moved database holds what its source held, and that whatever failed or was done
 * beside it left everything as it was.
 *
 * Rows, hashes and facts come from an observer of its own. A difference is a witness and fails the
 * objective whatever else is in doubt; an act that nobody proved, or too few rows, are unknown.
 */
export const migration: Oracle<MigrationObservation, MigrationObjective> = {
  name,
  judge({ move, acts }, objective) {
    const verdict = verdictsOf(name, objective);
    const flaws = [...(move === null ? [] : flawsOfMove(move)), ...acts.flatMap(flawsOfAct)];
    const atStake = rowsAtStake(move, acts);
    const finding = {
      evidence:
        flaws.length === 0
          ? `${formatCount(atStake)} rows: 0 lost, 0 added, 0 altered; ` +
            `${formatNumberOf(acts.length, "act")} left everything as it was` +
            (move === null ? "" : `; ${fresh(move)}`)
          : firstAndMore(flaws),
      measurements: [
        {
          name: "rows compared",
          value: atStake,
          unit: "",
          sampleSize: atStake,
        },
        {
          name: "differences",
          value: flaws.length,
          unit: "",
          sampleSize: atStake,
          limit: atMost(0),
        },
        ...(move === null
          ? []
          : [{ name: "duration of the move", value: move.durationMs, unit: "ms", sampleSize: 1 }]),
      ],
      witnesses: flaws,
    };
    if (flaws.length > 0) return verdict.failed(finding);
    const doubt = doubtAbout(move, acts, atStake, objective);
    if (doubt !== null) return verdict.unknown({ ...finding, evidence: doubt });
    return verdict.passed(finding);
  },
};

function rowsAtStake(move: DataMove | null, acts: readonly HarmlessAct[]): number {
  const rowsOf = (contents: readonly TableContent[]) =>
    contents.reduce((sum, { rows }) => sum + rows, 0);
  if (move !== null) return rowsOf(move.source);
  return acts.length === 0 ? 0 : Math.min(...acts.map(({ before }) => rowsOf(before)));
}

function fresh({ freshRows }: DataMove): string {
  return freshRows.map(({ table, given }) => `the next row of ${table} is ${given}`).join(", ");
}

function flawsOfMove(move: DataMove): readonly string[] {
  if (move.exitCode !== 0) {
    if (surroundings.includes(move.exitCode)) return [];
    return [`the move ended with ${move.exitCode}, allowed is 0: ${move.said}`];
  }
  return [
    ...differences(move.source, move.target),
    ...differencesOfFacts(move.sourceFacts, move.targetFacts),
    ...move.freshRows.flatMap(({ table, highestBefore, given, seen }) =>
      given !== null && given > highestBefore
        ? []
        : [
            `the next row of ${table} was given ${given ?? "no number"}, ` +
              `allowed is beyond ${highestBefore}: ${seen}`,
          ],
    ),
    ...move.leftovers.map((database) => `the move left the database ${database} behind`),
  ];
}

function flawsOfAct(act: HarmlessAct): readonly string[] {
  const changes =
    act.after === null
      ? []
      : [
          ...differences(act.before, act.after),
          ...differencesOfFacts(act.factsBefore, act.factsAfter),
          ...act.leftovers.map((database) => `the database ${database} was left behind`),
        ];
  const isProved = act.proofs.length > 0 && act.proofs.every(({ confirms }) => confirms);
  const wrongEnd =
    isProved && act.seen !== act.expected
      ? [`ended with ${act.seen}, allowed ${act.expected}`]
      : [];
  return [...changes, ...wrongEnd].map((flaw) => `${act.name}: ${flaw}`);
}

function differences(
  before: readonly TableContent[],
  after: readonly TableContent[],
): readonly string[] {
  const names = new Set([...before, ...after].map(({ table }) => table));
  return [...names].flatMap((table) => {
    const was = before.find((content) => content.table === table);
    const is = after.find((content) => content.table === table);
    if (was === undefined) return [`${table} was added`];
    if (is === undefined) return [`${table} is gone, it held ${formatCount(was.rows)} rows`];
    if (is.rows < was.rows) return [`${table} lost ${formatCount(was.rows - is.rows)} rows`];
    if (is.rows > was.rows) return [`${table} has ${formatCount(is.rows - was.rows)} rows more`];
    return is.sha256 === was.sha256 ? [] : [`${table} holds altered rows`];
  });
}

function differencesOfFacts(before: Facts, after: Facts): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((fact) =>
    before[fact] === after[fact]
      ? []
      : [`${fact} is ${after[fact] ?? "missing"}, allowed is ${before[fact] ?? "none"}`],
  );
}

function doubtAbout(
  move: DataMove | null,
  acts: readonly HarmlessAct[],
  atStake: number,
  objective: MigrationObjective,
): string | null {
  if (objective.moves && move === null) return "nothing was moved";
  if (move !== null && move.exitCode !== 0) {
    return `the move could not begin (exit code ${move.exitCode ?? "none"}): ${move.said}`;
  }
  if (objective.moves && move?.freshRows.length === 0) return "no row was written after the move";
  if (move !== null && Object.keys(move.sourceFacts).length === 0) {
    return "nobody read the sequences, constraints and privileges of the source";
  }
  if (atStake < objective.rowsMin) {
    return `${formatCount(atStake)} rows were at stake, ${formatCount(objective.rowsMin)} are needed`;
  }
  const missing = objective.acts.find((wanted) => !acts.some((act) => act.name === wanted));
  if (missing !== undefined) return `"${missing}" was not tried`;
  return acts.map(doubtAboutAct).find((doubt) => doubt !== null) ?? null;
}

function doubtAboutAct({ name: act, after, proofs }: HarmlessAct): string | null {
  if (after === null) return `${act}: the database could not be read afterwards`;
  const open = proofs.find(({ confirms }) => !confirms);
  if (open !== undefined) {
    return `${act}: it is not proved that it happened, ${open.observer} saw ${open.seen}`;
  }
  return proofs.length === 0 ? `${act}: nobody proved that it happened` : null;
}
