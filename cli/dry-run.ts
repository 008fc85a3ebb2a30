/** What claims would do, told without doing it: nothing is started, and no engine is asked. */

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { harms, harmsOfProbes, type Harm } from "../fixtures/harms.ts";
import { experiments } from "../fixtures/plans.ts";
import { formatCount, formatDuration, formatNumberOf } from "../reports/format.ts";
import { claimMsMax } from "./claim-time.ts";

type ExperimentName = keyof typeof experiments;
type Plan = (typeof experiments)[ExperimentName];

/** One claim as its own file tells it. */
interface ForeseenClaim {
  readonly claim: string;
  readonly method: string;
  readonly experiments: readonly ExperimentName[];
  /** What probes do that do not only look. */
  readonly harms: readonly Harm[];
}

/**
 * Reads a suite's file: its method from the comment at its head, its experiments from the code.
 *
 * @throws Error when the file is not there, says no method, or names an experiment that is none
 */
export function foresee(claim: string): ForeseenClaim {
  const path = ["test", "spec"]
    .map((kind) => fileURLToPath(new URL(`../suites/${claim}.${kind}.ts`, import.meta.url)))
    .find((each) => existsSync(each));
  if (path === undefined) throw new Error(`foreseeing ${claim}: it has no file in suites/`);
  const source = readFileSync(path, "utf8");
  const method = /^ \* Method: ([^]*?)\n \* Oracle: /m.exec(source)?.[1];
  if (method === undefined) {
    throw new Error(`foreseeing ${claim}: ${path} begins with no comment that says its method`);
  }
  const named = [...source.matchAll(/\bexperiments\.(\w+)/g)].map(([, name = ""]) => name);
  return {
    claim,
    method: method.replaceAll(/\s*\n \*\s*/g, " "),
    experiments: [...new Set(named)].map((name) => experimentCalled(name, claim)),
    harms: [...source.matchAll(/\bprobes\.(\w+)/g)].flatMap(
      ([, name = ""]) => harmsOfProbes[name] ?? [],
    ),
  };
}

function experimentCalled(name: string, claim: string): ExperimentName {
  if (isExperiment(name)) return name;
  throw new Error(`foreseeing ${claim}: there is no experiment called ${name}`);
}

function isExperiment(name: string): name is ExperimentName {
  return Object.hasOwn(experiments, name);
}

function loadInWords({ arrival }: Plan): string {
  if (arrival.kind === "closed") {
    return `${arrival.clients} clients that write one after the other, at most ${formatNumberOf(arrival.operationsMax, "write")}`;
  }
  const { ratePerSecond, durationMs, mix } = arrival.plan;
  const kinds = Object.keys(mix).join(", ");
  return `${formatCount(ratePerSecond)} requests per second (${kinds}), for at most ${formatDuration(durationMs)}`;
}

function harmLines({ faults }: Plan, harm: Harm | null): string[] {
  if (harm === null) return ["hurts   nothing"];
  const times = faults.length === 1 ? "" : `, ${faults.length} times one after the other`;
  return [`hurts   ${harm.hurts}${times}`, `undone  ${harm.undone}`];
}

function linesOf({ claim, method, experiments: names, harms: direct }: ForeseenClaim): string[] {
  const details = [
    ...direct.flatMap(({ hurts, undone }) => [`hurts   ${hurts}`, `undone  ${undone}`]),
    ...names.flatMap((name) => {
      const plan: Plan = experiments[name];
      return [...harmLines(plan, harms[name]), `load    ${loadInWords(plan)}`];
    }),
  ];
  return [
    claim,
    `  method  ${method}`,
    ...(details.length === 0 ? ["  hurts   no part of the stack"] : []),
    ...details.map((line) => `  ${line}`),
    `  takes   at most ${formatDuration(claimMsMax)}`,
    "",
  ];
}

/** All that `--dry-run` prints. @param where the stack that the claims would work on, in words */
export function dryRun(claims: readonly string[], where: string): string[] {
  return [
    `${formatNumberOf(claims.length, "claim")}, on ${where}; nothing is started now`,
    "faults touch only containers, volumes and networks with the label of that stack, load goes to 127.0.0.1 alone",
    "",
    ...claims.flatMap((claim) => linesOf(foresee(claim))),
  ];
}
