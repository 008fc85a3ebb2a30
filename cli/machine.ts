/** Facts of the machine and of the sources that a reader needs to weigh the numbers. */

import { execFile } from "node:child_process";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import { promisify } from "node:util";
import { docker } from "../stack/engine.ts";

const run = promisify(execFile);

/** What git says of the checkout; `null` where there is none. */
async function git(...args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await run("git", [...args]);
    return stdout.trim();
  } catch {
    return null;
  }
}

/**
 * The branch, also where CI checked out a bare commit: by the variables of GitHub (of a pull request,
 * of a push) and of GitLab; `null` where nobody says.
 */
export async function branchOf(
  environment: Readonly<Record<string, string | undefined>>,
  ask: typeof git = git,
): Promise<string | null> {
  const told = ["GITHUB_HEAD_REF", "GITHUB_REF_NAME", "CI_COMMIT_REF_NAME"]
    .map((name) => environment[name])
    .find((value) => value !== undefined && value !== "");
  if (told !== undefined) return told;
  const name = await ask("rev-parse", "--abbrev-ref", "HEAD");
  return name === "HEAD" || name === "" ? null : name;
}

export async function machineFacts(): Promise<{
  machine: Record<string, string>;
  commit: string | null;
  branch: string | null;
}> {
  const engine = await docker(["version", "--format", "{{.Server.Version}}"]).catch(() => "none");
  return {
    machine: {
      system: `${type()} ${release()}`,
      processor: `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? "unknown"}`,
      memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
      node: process.version,
      engine: engine.trim(),
    },
    commit: await git("rev-parse", "--short=12", "HEAD"),
    branch: await branchOf(process.env),
  };
}
