/** Brings one ending about, in a copy of the checkout, and looks at what it left. */

import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { readVerdict } from "../../reports/run-store.ts";
import type { RunVerdict } from "../../reports/verdict.ts";
import { removeComponentImages } from "../../stack/build.ts";
import { installationDirectory } from "../../stack/installation.ts";
import { listResources, removeDeadRuns } from "../../stack/leftovers.ts";
import { until } from "../../stack/until.ts";
import { NotPossibleHereError } from "./ending.ts";
import type { Ending, SeenEnd, ToldVerdict } from "./ending.ts";
import { differencesOf } from "./judge-ending.ts";
import type { EndingResult } from "./judge-ending.ts";
import { processesOf, RunningCommand } from "./running-command.ts";
import { Scene } from "./scene.ts";

/** A process that was told to end is given this long to be gone. */
const goneMsMax = 5_000;

function runIdOf({ runDirectory }: RunningCommand): string | null {
  return runDirectory === null ? null : basename(realpathSync(runDirectory));
}

async function resourcesOf(runId: string | null, needsEngine: boolean): Promise<string[]> {
  if (runId === null) return [];
  const folder = installationDirectory(runId);
  const folders = existsSync(folder) ? [`folder ${folder}`] : [];
  if (!needsEngine) return folders;
  const resources = await listResources(runId);
  return [...folders, ...resources.map(({ kind, name }) => `${kind} ${name}`)];
}

async function remainingProcesses(mark: string): Promise<string[]> {
  let seen: string[] = [];
  const look = async () => {
    seen = processesOf(mark);
    return seen.length === 0 ? null : seen.join(", ");
  };
  await until("no process of the ending at work", look, goneMsMax).catch(() => undefined);
  return seen;
}

/** What was told on standard output for machines, else in words, else what stands in the record. */
function verdictOf({ standardOutput, standardError, runDirectory }: RunningCommand): {
  told: ToldVerdict;
  measuredCount: number;
} {
  const stored = (verdict: RunVerdict) => ({
    told: verdict.verdict,
    measuredCount: verdict.criteria.filter(({ judgedCount }) => judgedCount > 0).length,
  });
  if (standardOutput.startsWith("{")) return stored(JSON.parse(standardOutput) as RunVerdict);
  if (/^INCONCLUSIVE {2}/m.test(standardError)) return { told: "INCONCLUSIVE", measuredCount: 0 };
  if (runDirectory === null) return { told: "none", measuredCount: 0 };
  return stored(readVerdict({ id: "latest", directory: runDirectory }));
}

function missingFiles({ expected }: Ending, { runDirectory }: RunningCommand): string[] {
  return expected.files.filter((file) => {
    const path = join(runDirectory ?? "", file);
    return runDirectory === null || !existsSync(path) || statSync(path).size === 0;
  });
}

async function look(ending: Ending, command: RunningCommand, exitCode: number): Promise<SeenEnd> {
  const { durationMs, afterDisturbanceMs } = command;
  const runId = runIdOf(command);
  const census = async () => [
    ...(await remainingProcesses(command.scene.directory)),
    ...(await resourcesOf(runId, ending.needsEngine)),
  ];
  const leftAtOnce = await census();
  if (leftAtOnce.length > 0 && ending.expected.removedBy === "next start") await removeDeadRuns();
  const { told, measuredCount } = verdictOf(command);
  return {
    exitCode,
    verdict: told,
    measuredCount,
    output: `${command.standardOutput}${command.standardError}`,
    missingFiles: missingFiles(ending, command),
    leftAtOnce,
    left: leftAtOnce.length === 0 ? [] : await census(),
    durationMs,
    afterDisturbanceMs,
  };
}

/** Images of sources that nobody else has. */
async function removeOwnImages({ events }: RunningCommand): Promise<void> {
  for (const event of events) {
    if (event.type !== "images") continue;
    const versions = event.images.map(({ reference }) => reference.split(":").at(-1) ?? "");
    for (const version of new Set(versions.filter((each) => /^[0-9a-f]{12}$/.test(each)))) {
      await removeComponentImages(version);
    }
  }
}

/** Runs it once; that it could not be brought about is a difference, and never an exception. */
export async function bringAbout(ending: Ending): Promise<EndingResult> {
  try {
    await using scene = new Scene();
    const disturb = await ending.stage?.(scene);
    const command = new RunningCommand(scene, ending.args);
    try {
      await disturb?.(command);
      const seen = await look(ending, command, await command.ended);
      return { ending, seen, differences: differencesOf(ending.expected, seen), impossible: null };
    } finally {
      await command.kill();
      if (ending.changesStack === true) await removeOwnImages(command);
    }
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    if (error instanceof NotPossibleHereError) {
      return { ending, seen: null, differences: [], impossible: what };
    }
    const differences = [`it was not brought about: ${what}`];
    return { ending, seen: null, differences, impossible: null };
  }
}
