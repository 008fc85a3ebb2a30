/** A file system of its own below the runs, which can become full while somebody writes to it. */

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { NotPossibleHereError } from "./ending.ts";
import type { Scene } from "./scene.ts";

const run = promisify(execFile);
/** Less than a run asks for would be refused before it begins; nothing of it is taken from memory. */
const sizeAtFirst = "8g";

/** Root, directly or by a `sudo` that asks nothing. */
async function asRoot(program: string, ...args: readonly string[]): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) await run("sudo", ["-n", "true"]).catch(refuse);
  await run(isRoot ? program : "sudo", isRoot ? [...args] : ["-n", program, ...args]);
}

function refuse(error: Error): never {
  throw new NotPossibleHereError(
    `a file system of its own needs root: ${error.message}; run it as root`,
  );
}

export class SmallDisk {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** Mounted over the folder of the runs until the scene ends. */
  static async mount(scene: Scene): Promise<SmallDisk> {
    const disk = new SmallDisk(scene.runsDirectory);
    const owner = `uid=${process.getuid?.() ?? 0},gid=${process.getgid?.() ?? 0},mode=700`;
    const options = `size=${sizeAtFirst},${owner}`;
    await asRoot("mount", "-t", "tmpfs", "-o", options, "none", disk.#path);
    scene.cleanUp.defer(() => asRoot("umount", "--lazy", disk.#path));
    return disk;
  }

  /** From now on not one more page can be written. */
  async becomeFull(): Promise<void> {
    const { stdout } = await run("df", ["--output=used", "--block-size=1", this.#path]);
    const usedBytes = stdout.trim().split("\n").at(-1) ?? "";
    await asRoot("mount", "-o", `remount,size=${usedBytes}`, this.#path);
  }
}
