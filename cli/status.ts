/** `status`: which stack is up, and what the last run came to. */

import { formatDuration } from "../reports/format.ts";
import { verdictWords } from "../reports/headline.ts";
import { decideRun, findRun, listRuns } from "../reports/run-store.ts";
import { decide } from "../reports/verdict.ts";
import type { RunVerdict } from "../reports/verdict.ts";
import { docker } from "../stack/engine.ts";
import { labels } from "../stack/labels.ts";
import { print } from "./console.ts";
import { exitCodes } from "./exit-codes.ts";
import { runsDirectory } from "./report.ts";
import { readWarmStack } from "./warm-stack.ts";
import type { WarmStack } from "./warm-stack.ts";

export interface ContainerLine {
  readonly name: string;
  /** As the engine says it, such as `Up 3 minutes (healthy)`. */
  readonly state: string;
}

export interface Status {
  readonly stack: {
    readonly projectName: string;
    readonly configurationHash: string;
    readonly startedAt: string;
    readonly ageMs: number;
    /** `null` where the engine does not answer. */
    readonly containers: readonly ContainerLine[] | null;
  } | null;
  readonly lastRun: Pick<
    RunVerdict,
    "runId" | "verdict" | "scope" | "profile" | "headline" | "startedAt" | "exitCode"
  > | null;
}

async function containersOf(runId: string): Promise<readonly ContainerLine[] | null> {
  const format = "{{.Names}}\t{{.Status}}";
  const filter = `label=${labels.run}=${runId}`;
  try {
    const printed = await docker(["ps", "--all", "--filter", filter, "--format", format], {
      timeoutMs: 10_000,
    });
    return containersFrom(printed);
  } catch {
    return null;
  }
}

/** Lines of `docker ps`, name and state separated by a tab, in order of their names. */
export function containersFrom(printed: string): readonly ContainerLine[] {
  return printed
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [name = "", state = ""] = line.split("\t");
      return { name, state };
    })
    .toSorted((left, right) => left.name.localeCompare(right.name));
}

/** The stack that is kept, with its age now. */
export function stackStatus(
  { handle, configurationHash, startedAt }: WarmStack,
  containers: readonly ContainerLine[] | null,
  nowMs: number,
): NonNullable<Status["stack"]> {
  const ageMs = nowMs - Date.parse(startedAt);
  return { projectName: handle.projectName, configurationHash, startedAt, ageMs, containers };
}

/** What `status` prints for people. */
export function statusLines({ stack, lastRun }: Status): readonly string[] {
  return [...stackLines(stack), ...runLines(lastRun)];
}

function stackLines(stack: Status["stack"]): readonly string[] {
  if (stack === null) return ["no stack is kept; start one with: npm run up"];
  const { projectName, ageMs, configurationHash, containers } = stack;
  const head = `${projectName}, up for ${formatDuration(ageMs)}, sources ${configurationHash}`;
  if (containers === null) return [head, "  the container engine does not answer: run ./setup"];
  if (containers.length === 0) {
    return [head, "  none of its containers is left: npm run down, then npm run up"];
  }
  const width = Math.max(...containers.map(({ name }) => name.length));
  return [head, ...containers.map(({ name, state }) => `  ${name.padEnd(width)}  ${state}`)];
}

function runLines(run: Status["lastRun"]): readonly string[] {
  if (run === null) return ["no run is on record; start one with: npm run validate"];
  return [
    `last run ${run.runId} of ${run.startedAt ?? "unknown"}: ${verdictWords(run)}  ${run.headline}`,
    `  again to people: npm run report -- ${run.runId}`,
  ];
}

/** The newest run below a folder, also one whose record cannot be read. */
export function lastRunBelow(root: string): Status["lastRun"] {
  const id = listRuns(root).at(-1);
  if (id === undefined) return null;
  const { runId, verdict, scope, profile, headline, startedAt, exitCode } = decideOrTell(root, id);
  return { runId, verdict, scope, profile, headline, startedAt, exitCode };
}

function decideOrTell(root: string, id: string): RunVerdict {
  try {
    return decideRun(findRun(root, id));
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error);
    return { ...decide([]), runId: id, headline: `its record cannot be read: ${seen}` };
  }
}

/** @returns 0 whatever is up: it was asked, and it answered */
export async function printStatus(json: boolean): Promise<number> {
  const warm = readWarmStack();
  const containers = warm === null ? null : await containersOf(warm.handle.runId);
  const stack = warm === null ? null : stackStatus(warm, containers, Date.now());
  const status: Status = { stack, lastRun: lastRunBelow(runsDirectory) };
  if (json) print(JSON.stringify(status, null, 2));
  else for (const line of statusLines(status)) print(line);
  return exitCodes.go;
}
