import { doubtAboutFaults, doubtAboutRecovery, verdictsOf } from "../assumptions.ts";
import { formatCount, formatNumberOf } from "../format.ts";
import { identityOf, type Identity } from "../identity.ts";
import { forbiddenLines } from "../log-patterns.ts";
import { atLeast, atMost, badCount } from "../measure.ts";
import type { History, LogFinding, Measurement } from "../records.ts";
import { policyRestarts, unexpectedRestarts, type Restart } from "../restarts.ts";
import type { SideEffectsObjective } from "../slo.ts";
import type { Oracle } from "./oracle.ts";

const name = "side-effects";
const lineLengthMax = 160;

interface PolicyRestarts {
  readonly service: string;
  /** `null` where the engine showed no container of that service. */
  readonly count: number | null;
  readonly min: number;
}

interface Seen {
  readonly identity: Identity;
  readonly restarts: readonly Restart[];
  readonly policy: readonly PolicyRestarts[];
  readonly lines: readonly LogFinding[];
}

/**
 * Judges what happened beside a fault: who answered (identity), which containers started anew
 * (restarts), and what the logs say (patterns).
 *
 * A stranger, an unexpected start, a container that the restart policy left down, and a forbidden
 * line are witnesses and fail the objective whatever else is in doubt.
 */
export const sideEffects: Oracle<History, SideEffectsObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const seen = look(history, objective);
    const flaws = flawsOf(seen);
    const finding = {
      evidence: [...flaws, describe(seen)].join("; "),
      measurements: measurementsOf(seen, history),
      witnesses: [
        ...seen.restarts.map(({ container, what }) => `${container} ${what}`),
        ...seen.lines.map(({ container, line }) => `${container}: ${shorten(line)}`),
        ...seen.identity.strangers,
      ],
    };
    if (flaws.length > 0) return verdict.failed(finding);
    const doubt = doubtAbout(history, seen, objective);
    if (doubt !== null) return verdict.unknown({ ...finding, evidence: doubt });
    return verdict.passed(finding);
  },
};

function look(history: History, objective: SideEffectsObjective): Seen {
  const { operations, containers, logFindings } = history;
  return {
    identity: identityOf(operations, containers),
    restarts: unexpectedRestarts(containers, objective.mayRestart),
    policy: Object.entries(objective.policyRestartsMin).map(([service, min]) => {
      const isSeen = containers.some((life) => life.service === service);
      return { service, min, count: isSeen ? policyRestarts(containers, service) : null };
    }),
    lines: forbiddenLines(logFindings ?? [], objective.forbiddenLines),
  };
}

function flawsOf({ identity, restarts, policy, lines }: Seen): readonly string[] {
  const [restart] = restarts;
  const [line] = lines;
  return [
    restart !== undefined && `${restart.container} ${restart.what}${others(restarts)}`,
    ...policy.map(
      ({ service, count, min }) =>
        count !== null &&
        count < min &&
        `the restart policy started "${service}" ${formatNumberOf(count, "time")}, ${min} are needed`,
    ),
    line !== undefined && `${line.container} logged "${shorten(line.line)}"${others(lines)}`,
    identity.strangers.length > 0 &&
      `${formatCount(identity.strangers.length)} of ${formatCount(identity.answers)} answers of ` +
        `the API came from strangers, the first is ${identity.strangers[0]}`,
  ].filter((flaw) => flaw !== false);
}

function others(all: readonly unknown[]): string {
  return all.length === 1 ? "" : ` and ${all.length - 1} more`;
}

function shorten(line: string): string {
  return line.length <= lineLengthMax ? line : `${line.slice(0, lineLengthMax)}…`;
}

function doubtAbout(
  history: History,
  { identity, policy }: Seen,
  objective: SideEffectsObjective,
): string | null {
  if (history.containers.length === 0) return "nobody asked the engine for its containers";
  const unseen = policy.find(({ count }) => count === null);
  if (unseen !== undefined) return `the engine showed no container of "${unseen.service}"`;
  if (history.logFindings === null) return "a log could not be read";
  if (!history.generator.finished) return "the load generator did not finish its plan";
  if (identity.answers < objective.answersMin) {
    return (
      `${formatNumberOf(identity.answers, "good answer")} of the API on record, ` +
      `${formatCount(objective.answersMin)} are needed`
    );
  }
  return doubtAboutFaults(history) ?? doubtAboutRecovery(history);
}

function describe({ identity, restarts, policy, lines }: Seen): string {
  return [
    `${formatNumberOf(identity.strangers.length, "stranger")} in ` +
      `${formatNumberOf(identity.answers, "answer")} of the API`,
    formatNumberOf(restarts.length, "unexpected start"),
    `${formatNumberOf(lines.length, "forbidden log line")}; allowed 0`,
    ...policy.map(
      ({ service, count, min }) =>
        `${count ?? 0} of ${min} or more starts of "${service}" by its restart policy`,
    ),
  ].join(", ");
}

function measurementsOf(
  { identity, restarts, policy, lines }: Seen,
  { containers, logFindings }: History,
): readonly Measurement[] {
  return [
    badCount("answers by strangers", identity.strangers.length, identity.answers),
    {
      name: "unexpected starts",
      value: restarts.length,
      unit: "",
      sampleSize: containers.length,
      limit: atMost(0),
    },
    {
      name: "forbidden log lines",
      value: lines.length,
      unit: "",
      sampleSize: logFindings?.length ?? 0,
      limit: atMost(0),
    },
    ...policy.flatMap(({ service, count, min }) =>
      count === null
        ? []
        : [
            {
              name: `starts of ${service} by its restart policy`,
              value: count,
              unit: "",
              sampleSize: containers.filter((life) => life.service === service).length,
              limit: atLeast(min),
            },
          ],
    ),
  ];
}
