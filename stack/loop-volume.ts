/**
 * The data of a run's Postgres on a file system of their own, for as long as it is attached.
 *
 * Postgres works on a copy. What an experiment does to it ends with it: afterwards Postgres goes on
 * with the data from before, so that nothing of the experiment can harm a later claim.
 */

import { docker } from "./engine.ts";
import { hasLoopImage, LoopImage, releaseLoopImage } from "./loop-image.ts";
import type { Canaries } from "./loop-image.ts";
import type { ProductionStack } from "./production-stack.ts";
import { FaultRefusedError } from "./refusal.ts";
import { until } from "./until.ts";

const attempted = "put the data of Postgres on a file system of their own";
const dataInContainer = "/var/lib/postgresql/data";
const graceSeconds = 60;
/** Data that are thrown away need no clean end. */
const graceBeforeReleaseSeconds = 5;
const endMsMax = 5_000;
const healthyMsMax = 60_000;

type Handle = Pick<ProductionStack, "control" | "handle">;

async function stopPostgres({ control }: Handle, grace: number): Promise<void> {
  const { id, running } = await control.single("postgres");
  if (running) await control.stop(id, grace);
}

/** Starts Postgres where it does not run, and waits until its health check passes. */
async function startPostgres({ control }: Handle): Promise<void> {
  const { id, running } = await control.single("postgres");
  if (!running) await control.start(id);
  const look = async () => {
    const now = await control.inspect(id);
    return now.running && now.health === "healthy" ? null : `${now.health}, exit ${now.exitCode}`;
  };
  await until("postgres is healthy", look, healthyMsMax);
}

/** Where the engine keeps the volume of the data on this host. */
async function volumeDirectory({ handle }: Handle): Promise<string> {
  const volume = `${handle.projectName}_pg_data`;
  return (await docker(["volume", "inspect", "--format", "{{.Mountpoint}}", volume])).trim();
}

/**
 * Ends the life of a loop volume, also of one that a killed process left, and lets Postgres go on
 * with the data from before it.
 *
 * Callable when there is none, and twice.
 */
export async function detachLoopVolume(stack: Handle): Promise<void> {
  if (!hasLoopImage(stack.handle.installation)) return;
  await stopPostgres(stack, graceBeforeReleaseSeconds);
  try {
    await releaseLoopImage(stack.handle.installation);
  } finally {
    await startPostgres(stack);
  }
}

export class LoopVolume implements AsyncDisposable {
  readonly #stack: Handle;
  readonly #image: LoopImage;
  readonly #directory: string;

  private constructor(stack: Handle, image: LoopImage, directory: string) {
    this.#stack = stack;
    this.#image = image;
    this.#directory = directory;
  }

  /**
   * Moves Postgres to a copy of its data on a file system of its own; it restarts once.
   *
   * @param spareBytes free space that Postgres finds there
   * @throws FaultRefusedError when this host or its engine cannot do that; nothing is changed then
   */
  static async attach(stack: Handle, spareBytes: number): Promise<LoopVolume> {
    await detachLoopVolume(stack);
    const image = await LoopImage.of(stack.handle.installation, attempted);
    const directory = await volumeDirectory(stack);
    if (!(await image.isCluster(directory))) {
      throw new FaultRefusedError(
        attempted,
        `${directory} holds no data of Postgres here`,
        "an engine that runs on this host and keeps its volumes in this file system",
      );
    }
    await image.create(directory, spareBytes, attempted);
    const volume = new LoopVolume(stack, image, directory);
    try {
      await volume.#move();
      return volume;
    } catch (error) {
      await detachLoopVolume(stack);
      throw error;
    }
  }

  /** The one that is attached. @throws Error when there is none */
  static async of(stack: Handle): Promise<LoopVolume> {
    const { installation } = stack.handle;
    if (!hasLoopImage(installation)) {
      throw new Error(
        "looked for the file system of Postgres' data: saw none, allowed one that the plan of the experiment attaches around its load",
      );
    }
    const image = await LoopImage.of(installation, attempted);
    return new LoopVolume(stack, image, await volumeDirectory(stack));
  }

  async #move(): Promise<void> {
    await stopPostgres(this.#stack, graceSeconds);
    await this.#image.fillFrom(this.#directory);
    await this.#image.cover(this.#directory);
    await startPostgres(this.#stack);
    const { control } = this.#stack;
    const { id } = await control.single("postgres");
    const seen = await control.run(id, ["cat", "/proc/mounts"]);
    if (await this.#image.isAt(dataInContainer, seen)) return;
    throw new FaultRefusedError(
      attempted,
      `Postgres does not see what is mounted at ${this.#directory}`,
      "an engine that shares the mounts of this host",
    );
  }

  /**
   * Ends Postgres and loses all that it did not sync; it stays down until it is started.
   *
   * Its processes go a moment before their disk: no process outlives its disk in a power cut, and
   * one that did would write about it into the log.
   */
  async losePower(): Promise<void> {
    const { control } = this.#stack;
    const { id } = await control.single("postgres");
    await control.kill(id);
    await this.#image.losePower();
    const look = async () => ((await control.inspect(id)).running ? "running" : null);
    await until("postgres has ended", look, endMsMax);
    await this.#image.mountAgain(this.#directory);
  }

  /** What the last power loss left of the files that prove it. */
  canaries(): Promise<Canaries> {
    return this.#image.canaries();
  }

  /** Space that may still be taken. */
  freeBytes(): Promise<number> {
    return this.#image.freeBytes();
  }

  /** Takes all free space of the file system. @throws Error when some is left */
  fill(): Promise<void> {
    return this.#image.fill();
  }

  /** Gives the space back; callable twice. */
  free(): Promise<void> {
    return this.#image.free();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await detachLoopVolume(this.#stack);
  }
}
