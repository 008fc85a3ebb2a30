/** What must be there before anything is started; each finding comes with its fix. */

import { statfs } from "node:fs/promises";
import { docker } from "../stack/engine.ts";
import { RemoteEngineError, requireLocalEngine } from "../stack/engine-endpoint.ts";
import { isImageSource } from "../stack/images.ts";
import type { HostPorts } from "../stack/production-stack.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { holderOf, isFree } from "./ports.ts";

const freeBytesMin = 5e9;
const composeVersionMin = [2, 24] as const;

/** Also where an engine is only tidied up. @throws CommandError when it is not on this machine */
export async function requireEngineHere(attempted: string): Promise<void> {
  try {
    await requireLocalEngine(attempted);
  } catch (error) {
    if (!(error instanceof RemoteEngineError)) throw engineMissing(error);
    throw new CommandError(error.message, exitCodes.usage, { cause: error });
  }
}

export async function requireEngine(): Promise<void> {
  try {
    await docker(["version", "--format", "{{.Server.Version}}"], { timeoutMs: 15_000 });
  } catch (error) {
    throw engineMissing(error);
  }
}

function engineMissing(error: unknown): CommandError {
  return new CommandError(
    `the container engine does not answer: ${error instanceof Error ? error.message : String(error)}; start it, or choose another with DOCKER_HOST, or run ./setup`,
    exitCodes.missingDependency,
    { cause: error },
  );
}

export async function requireCompose(): Promise<void> {
  const seen = await docker(["compose", "version", "--short"]).catch(() => "none");
  const [major = 0, minor = 0] = seen.trim().replace(/^v/, "").split(".").map(Number);
  const [needMajor, needMinor] = composeVersionMin;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  throw new CommandError(
    `looked for Docker Compose: saw ${seen.trim()}, allowed ${composeVersionMin.join(".")} or newer; run ./setup`,
    exitCodes.missingDependency,
  );
}

/** @throws CommandError when less than the limit is free where images and records go */
export async function requireDisk(
  directory: string,
  bytesFree: (path: string) => Promise<number> = freeBytes,
): Promise<void> {
  const free = await bytesFree(directory);
  if (free >= freeBytesMin) return;
  throw new CommandError(
    `free disk at ${directory}: saw ${(free / 1e9).toFixed(1)} GB, allowed ${freeBytesMin / 1e9} GB or more; free some, for example with \`docker system prune\``,
    exitCodes.missingDependency,
  );
}

async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

/** @throws CommandError when a fixed port is taken, naming its holder and the variable to set */
export async function requirePorts(ports: HostPorts): Promise<void> {
  for (const [variable, port] of Object.entries(ports)) {
    if (port === 0 || (await isFree(port, "127.0.0.1"))) continue;
    throw new CommandError(
      `port ${port} is taken by ${holderOf(port)}: set ${variable} to another port, or to 0 for any`,
      exitCodes.missingDependency,
    );
  }
}

/** @throws CommandError when `IMAGES` names no source of base images */
export function requireImageSource(
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const wanted = environment["IMAGES"] ?? "";
  if (wanted === "" || isImageSource(wanted)) return;
  throw new CommandError(
    `IMAGES is "${wanted}": allowed is registry or airgap; unset it to let a probe decide`,
    exitCodes.usage,
  );
}

/** All that a run needs, in the order in which one finding would hide the next. */
export async function preflight(directory: string, ports: HostPorts): Promise<void> {
  requireImageSource(process.env);
  await requireEngineHere("starting a stack, hurting it and sending load to it");
  await requireDisk(directory);
  await requireEngine();
  await requireCompose();
  await requirePorts(ports);
}
