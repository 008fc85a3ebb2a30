/** Calls of the engine's command line, for what Compose, BuildKit and the census need. */

import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

/** The engine could not be reached or refused a command. */
class EngineError extends Error {
  readonly code = "ENGINE";
}

/** A call that hangs on a dead engine must not outlive whoever made it. */
const calls = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of calls) child.kill("SIGKILL");
});

function endWithThisProcess(child: ChildProcess): void {
  calls.add(child);
  child.once("close", () => calls.delete(child));
}

export interface EngineCall {
  readonly timeoutMs?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Runs `docker` and returns what it printed. @throws EngineError with its last lines. */
export function docker(args: readonly string[], call: EngineCall = {}): Promise<string> {
  const { timeoutMs = 60_000, environment, signal } = call;
  return new Promise((resolve, reject) => {
    const child = execFile(
      "docker",
      [...args],
      {
        timeout: timeoutMs,
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, ...environment },
        ...(signal === undefined ? {} : { signal }),
      },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(failure(args, `${stderr}${stdout}` || error.message, timeoutMs, error));
      },
    );
    endWithThisProcess(child);
  });
}

/** Runs `docker` and hands on each line as it comes; for builds, which take minutes. */
export function dockerLines(
  args: readonly string[],
  onLine: (line: string) => void,
  call: EngineCall = {},
): Promise<void> {
  const { timeoutMs = 900_000, environment, signal } = call;
  return new Promise((resolve, reject) => {
    const child = spawn("docker", [...args], {
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs,
      env: { ...process.env, ...environment },
      ...(signal === undefined ? {} : { signal }),
    });
    endWithThisProcess(child);
    const last: string[] = [];
    const take = (chunk: Buffer) => {
      for (const line of chunk.toString().split("\n")) {
        if (line.trim() === "") continue;
        last.push(line);
        if (last.length > 20) last.shift();
        onLine(line);
      }
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.once("error", (error) => reject(failure(args, error.message, timeoutMs, error)));
    child.once("close", (exitCode) => {
      if (exitCode === 0) resolve();
      else reject(failure(args, last.join("\n"), timeoutMs));
    });
  });
}

function failure(
  args: readonly string[],
  seen: string,
  timeoutMs: number,
  cause?: Error,
): EngineError {
  const tail = seen.trim().split("\n").slice(-20).join("\n");
  return new EngineError(
    `docker ${args.slice(0, 4).join(" ")}: ${tail || "no output"} (allowed ${timeoutMs} ms)`,
    { cause },
  );
}
