/**
 * A file system of its own in one file of a run's installation directory, mounted through a loop
 * device: it can lose its power and fill up without anybody else noticing.
 *
 * Everything is found again by the installation directory, so that it can be taken down by whoever
 * comes after a process that was killed.
 */

import { existsSync } from "node:fs";
import { mkdir, rm, rmdir, stat, statfs, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HostCommandError, HostCommands } from "./host-command.ts";
import { mountsHere, parseMounts } from "./mounts.ts";
import { FaultRefusedError } from "./refusal.ts";
import { until } from "./until.ts";

const mebibyte = 1024 * 1024;
const journalBytes = 16 * mebibyte;
const imageBytesMin = 64 * mebibyte;
const busyMsMax = 5_000;
const canaryBytes = 4_096;
/**
 * By itself ext4 brings its metadata to the disk every five seconds, at moments that no sync has to
 * do with: a chance mixture of old and new that may start, or not. With this interval what nobody
 * synced is lost as a whole, which is the sharpest that a power cut may do.
 */
const mountOptions = "loop,commit=300";

const programs = ["mount", "umount", "losetup", "mkfs.ext4", "dd", "cp", "du"] as const;

/** Bytes that are left of two files, of which one was synced and one was not. */
export interface Canaries {
  readonly synced: number;
  readonly unsynced: number;
  /** Size of each when it was written. */
  readonly fullBytes: number;
}

interface Paths {
  readonly installation: string;
  readonly directory: string;
  readonly image: string;
  readonly mountPoint: string;
  readonly data: string;
  readonly ballast: string;
  readonly synced: string;
  readonly unsynced: string;
}

function pathsIn(installation: string): Paths {
  const directory = join(installation, "postgres-storage");
  const mountPoint = join(directory, "mount");
  return {
    installation,
    directory,
    image: join(directory, "image.ext4"),
    mountPoint,
    data: join(mountPoint, "data"),
    ballast: join(mountPoint, "ballast"),
    synced: join(mountPoint, "canary-synced"),
    unsynced: join(mountPoint, "canary-unsynced"),
  };
}

/**
 * Size of an image that holds `usedBytes` and has about `spareBytes` left, in whole mebibytes.
 *
 * Beside the journal, ext4 takes 1/64 for inodes (256 bytes for each 16 KiB) and keeps up to 1/50
 * for itself; a twentieth covers both.
 */
export function imageBytes(usedBytes: number, spareBytes: number): number {
  const wanted = (usedBytes + spareBytes) * 1.05 + journalBytes;
  return Math.ceil(Math.max(wanted, imageBytesMin) / mebibyte) * mebibyte;
}

/** Whether a run has such a file system, or what is left of one. */
export function hasLoopImage(installation: string): boolean {
  return existsSync(pathsIn(installation).directory);
}

/** Bytes of a file; 0 where there is none. */
async function bytesOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}

async function loopDevices(commands: HostCommands, image: string): Promise<string[]> {
  const query = ["--noheadings", "--output", "NAME", "--associated", image];
  const printed = await commands.run("losetup", query);
  return printed.split("\n").filter((line) => line !== "");
}

/** Unmounts what a process that just ended may still hold for a moment. */
async function unmount(commands: HostCommands, target: string): Promise<void> {
  const look = async () => {
    try {
      await commands.run("umount", [target]);
      return null;
    } catch (error) {
      if (error instanceof HostCommandError && /busy/.test(error.message)) return error.message;
      throw error;
    }
  };
  await until(`${target} is unmounted`, look, busyMsMax);
}

export class LoopImage {
  readonly #commands: HostCommands;
  readonly #paths: Paths;

  private constructor(commands: HostCommands, paths: Paths) {
    this.#commands = commands;
    this.#paths = paths;
  }

  /**
   * What is there of one, or nothing yet.
   *
   * @throws FaultRefusedError when this host or user cannot have one
   */
  static async of(installation: string, attempted: string): Promise<LoopImage> {
    const commands = await HostCommands.open(attempted, [...programs, "fallocate", "xfs_io"]);
    return new LoopImage(commands, pathsIn(installation));
  }

  /** Whether a directory holds a cluster of Postgres, as root sees this host. */
  async isCluster(directory: string): Promise<boolean> {
    return this.#commands.run("test", ["-f", join(directory, "PG_VERSION")]).then(
      () => true,
      () => false,
    );
  }

  /**
   * Makes the file system, large enough for a copy of `source` and the spare, and mounts it.
   *
   * @throws FaultRefusedError when this host gives no loop device; nothing is left then
   */
  async create(source: string, spareBytes: number, attempted: string): Promise<void> {
    const { installation, image, mountPoint } = this.#paths;
    const measured = await this.#commands.run("du", ["--summarize", "--block-size=1", source]);
    try {
      await mkdir(mountPoint, { recursive: true, mode: 0o755 });
      await writeFile(image, "", { mode: 0o600 });
      await truncate(image, imageBytes(Number.parseInt(measured, 10), spareBytes));
      const journal = `size=${journalBytes / mebibyte}`;
      await this.#commands.run("mkfs.ext4", ["-q", "-F", "-m", "0", "-J", journal, image]);
      await this.#mount();
    } catch (error) {
      await releaseLoopImage(installation);
      const seen = error instanceof Error ? error.message : String(error);
      throw new FaultRefusedError(
        attempted,
        seen,
        "room for an image, a free loop device and ext4 in the kernel",
      );
    }
  }

  async #mount(): Promise<void> {
    const { image, mountPoint } = this.#paths;
    await this.#commands.run("mount", ["-t", "ext4", "-o", mountOptions, image, mountPoint]);
  }

  /** Copies a directory with owners and modes, and brings all of it to the disk. */
  async fillFrom(source: string): Promise<void> {
    const { data, mountPoint, synced } = this.#paths;
    await this.#commands.run("cp", ["--archive", `${source}/.`, data]);
    await this.#writeCanary(synced, ["conv=fsync"]);
    await this.#commands.run("sync", ["--file-system", mountPoint]);
  }

  #writeCanary(file: string, options: readonly string[]): Promise<string> {
    const block = ["if=/dev/zero", `of=${file}`, `bs=${canaryBytes}`, "count=1", ...options];
    return this.#commands.run("dd", block);
  }

  /** Lays the copy over a directory of this host. */
  async cover(directory: string): Promise<void> {
    await this.#commands.run("mount", ["--bind", this.#paths.data, directory]);
  }

  /** Whether a list of mounts shows the copy at `target`. */
  async isAt(target: string, listOfMounts: string): Promise<boolean> {
    const devices = await loopDevices(this.#commands, this.#paths.image);
    const last = parseMounts(listOfMounts).findLast((mount) => mount.target === target);
    return last !== undefined && devices.includes(last.source);
  }

  /**
   * Ends the file system as a power cut does: from now on nothing reaches the disk, and what no sync
   * has brought there is lost.
   *
   * Source: xfs_io(8), `shutdown`; ext4 answers to it as XFS does. Without `-f` no log is flushed.
   */
  async losePower(): Promise<void> {
    await this.#writeCanary(this.#paths.unsynced, []);
    await this.#commands.run("xfs_io", ["-x", "-c", "shutdown", this.#paths.mountPoint]);
  }

  /** Reads anew from the disk, as the first mount after a power cut does; the journal is replayed. */
  async mountAgain(covered: string): Promise<void> {
    await unmount(this.#commands, covered);
    await unmount(this.#commands, this.#paths.mountPoint);
    await this.#mount();
    await this.cover(covered);
  }

  async canaries(): Promise<Canaries> {
    const { synced, unsynced } = this.#paths;
    return {
      synced: await bytesOf(synced),
      unsynced: await bytesOf(unsynced),
      fullBytes: canaryBytes,
    };
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#paths.mountPoint);
    return bavail * bsize;
  }

  /** Takes all free space. @throws Error when some is left */
  async fill(): Promise<void> {
    const { ballast } = this.#paths;
    const most = String(await this.freeBytes());
    // Both end with the error that is wanted; what counts is what is left after them.
    await this.#commands.run("fallocate", ["--length", most, ballast]).catch(() => "");
    const rest = ["if=/dev/zero", `of=${ballast}`, "bs=4096", "oflag=append", "conv=notrunc,fsync"];
    await this.#commands.run("dd", rest).catch(() => "");
    const left = await this.freeBytes();
    if (left > 0) throw new Error(`filled ${ballast}: saw ${left} bytes left, allowed 0`);
  }

  /** Gives the space back; callable twice. */
  async free(): Promise<void> {
    await this.#commands.run("rm", ["--force", this.#paths.ballast]);
  }
}

/**
 * Unmounts a run's file system wherever it is mounted, and removes its image.
 *
 * Callable when nothing is there, which costs no command, and twice.
 *
 * @throws FaultRefusedError when this user cannot become root, HostCommandError when a mount stays
 */
export async function releaseLoopImage(installation: string): Promise<void> {
  const { directory, image, mountPoint } = pathsIn(installation);
  if (!existsSync(directory)) return;
  const attempted = "unmount the file system that Postgres' data were on";
  const commands = await HostCommands.open(attempted, ["umount", "losetup"]);
  const devices = existsSync(image) ? await loopDevices(commands, image) : [];
  const mounts = mountsHere().filter(({ source }) => devices.includes(source));
  for (const { target } of mounts.toReversed()) {
    // Whoever still holds it keeps it alive, but out of everybody else's way.
    await unmount(commands, target).catch(() => commands.run("umount", ["--lazy", target]));
  }
  if (existsSync(image)) {
    for (const device of await loopDevices(commands, image)) {
      await commands.run("losetup", ["--detach", device]);
    }
  }
  await rm(image, { force: true });
  // Not recursive on purpose: where a mount has stayed, its contents are not ours to remove.
  if (existsSync(mountPoint)) await rmdir(mountPoint);
  await rmdir(directory);
}
