/** Facts of the machine and of the sources that a reader needs to weigh the numbers. */

import { execFile } from "node:child_process";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import { promisify } from "node:util";
import { docker } from "../stack/engine.ts";

const run = promisify(execFile);

/** Commit of the checkout; `null` where there is none. */
async function commit(): Promise<string | null> {
  try {
    const { stdout } = await run("git", ["rev-parse", "--short=12", "HEAD"]);
    return stdout.trim();
  } catch {
    return null;
  }
}

export async function machineFacts(): Promise<{
  machine: Record<string, string>;
  commit: string | null;
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
    commit: await commit(),
  };
}
