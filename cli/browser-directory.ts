/**
 * The folder of one browser claim: trust stores, profiles and temporary files of every process.
 *
 * All of them carry its path in their environment, so none can hide when the claim is over.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitUntil } from "../fixtures/wait.ts";
import { isOwnerAlive, ownerOfThisProcess } from "../stack/owner.ts";

const prefix = "hyper-mission-browser-";
const endMsMax = 5_000;

/** Processes that were started with the folder in their environment; none where there is no /proc. */
function processesOf(directory: string): readonly number[] {
  let names: readonly string[];
  try {
    names = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.filter((name) => mentions(name, directory)).map(Number);
}

function mentions(processId: string, directory: string): boolean {
  try {
    return readFileSync(`/proc/${processId}/environ`, "utf8").includes(directory);
  } catch {
    // Ended meanwhile, or another user's.
    return false;
  }
}

function end(processId: number): void {
  try {
    process.kill(processId, "SIGKILL");
  } catch {
    // Ended meanwhile.
  }
}

export function createBrowserDirectory(parent = tmpdir()): string {
  const directory = mkdtempSync(join(parent, prefix));
  writeFileSync(join(directory, "owner"), ownerOfThisProcess());
  return directory;
}

/** Ends every process of a folder, then removes it. @throws WaitError when one cannot be ended */
export async function removeBrowserDirectory(directory: string): Promise<void> {
  await waitUntil(
    `no process of ${directory} is left`,
    () => {
      const left = processesOf(directory);
      for (const each of left) end(each);
      return left.length === 0 ? null : `${left.length} processes`;
    },
    { timeoutMs: endMsMax },
  );
  rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function ownerOf(directory: string): string | null {
  try {
    return readFileSync(join(directory, "owner"), "utf8");
  } catch {
    return null;
  }
}

/** Removes what command lines left behind that were killed themselves. @returns the folders */
export async function removeDeadBrowserDirectories(parent = tmpdir()): Promise<readonly string[]> {
  const dead = readdirSync(parent)
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(parent, name))
    .filter((directory) => {
      const owner = ownerOf(directory);
      return owner !== null && !isOwnerAlive(owner);
    });
  for (const directory of dead) await removeBrowserDirectory(directory);
  return dead;
}
