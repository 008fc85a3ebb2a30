/**
 * Where the secrets of one run, or the sources of a mutant, stand while it lives: outside the
 * checkout, so that no build context and no backup of the repository ever takes them along.
 */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

function stateDirectory(): string {
  const state = process.env["XDG_STATE_HOME"] ?? join(homedir(), ".local", "state");
  return join(state, "hyper-mission");
}

/** Folder of one run; `removeRun` deletes it. */
export function installationDirectory(runId: string): string {
  return join(stateDirectory(), runId);
}

/** Makes the folder of a run, readable by its user alone, and writes down who owns it. */
export function createInstallationDirectory(runId: string, owner: string): string {
  const directory = installationDirectory(runId);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(join(directory, "owner"), owner, { mode: 0o600 });
  return directory;
}

/** Runs that have a folder, with their owners; a folder without an owner file has owner ``. */
export function listInstallations(): { runId: string; owner: string }[] {
  let names: string[];
  try {
    names = readdirSync(stateDirectory());
  } catch {
    return [];
  }
  return names.map((runId) => {
    try {
      return { runId, owner: readFileSync(join(stateDirectory(), runId, "owner"), "utf8") };
    } catch {
      return { runId, owner: "" };
    }
  });
}
