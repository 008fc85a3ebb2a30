/** One command of the air-gapped build. */

import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

const stepTimeoutMs = 600_000;
const shownLogLines = 20;

/** A step of the air-gapped build failed; the message has the last lines of its output. */
export class AirgapBuildError extends Error {
  override readonly name = "AirgapBuildError";
  readonly code = "AIRGAP_BUILD_FAILED";
}

export interface StepOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a command to its very end, even when it is cancelled, so that whoever removes its files
 * removes them after it.
 *
 * @param what Names the step in the error, such as `building redis`.
 * @returns What it printed on standard output, trimmed.
 * @throws {AirgapBuildError} It failed, took more than ten minutes or was cancelled.
 */
export async function runStep(
  what: string,
  command: string,
  args: readonly string[],
  { environment = {}, signal }: StepOptions = {},
): Promise<string> {
  const limit = AbortSignal.timeout(stepTimeoutMs);
  const stop = signal === undefined ? limit : AbortSignal.any([limit, signal]);
  // A group of its own: mmdebstrap, told to stop alone, first lets its children finish.
  const child = spawn(command, [...args], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  const stopGroup = () => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
  };
  if (stop.aborted) stopGroup();
  else stop.addEventListener("abort", stopGroup, { once: true });
  const failures: Error[] = [];
  child.on("error", (error) => failures.push(error));
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [exitCode, output, log] = await Promise.all([
    closed,
    text(child.stdout),
    text(child.stderr),
  ]);
  stop.removeEventListener("abort", stopGroup);
  if (exitCode === 0) return output.trim();

  if (signal?.aborted === true) throw new AirgapBuildError(`${what}: cancelled.`);

  let ending = failures[0]?.message ?? `exit code ${exitCode}`;
  if (ending.endsWith("ENOENT")) ending += " (run IMAGES=airgap ./setup)";
  if (limit.aborted) ending = `still running after the allowed ${stepTimeoutMs / 1000} s`;
  const shown = log.trimEnd().split("\n").slice(-shownLogLines).join("\n");
  throw new AirgapBuildError(
    `${what}: ${ending}; correct the cause below, or set IMAGES=registry where a container ` +
      `registry answers.\n${shown}`,
    { cause: failures[0] },
  );
}
