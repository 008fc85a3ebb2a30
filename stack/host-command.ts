/**
 * Commands of the host that need root: for what the engine cannot do, such as file systems.
 *
 * They run directly as root, through `sudo` where it does not ask, and otherwise not at all.
 */

import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { FaultRefusedError } from "./refusal.ts";

const outputBytesMax = 1024 * 1024;
const askTimeoutMs = 5_000;
const commandTimeoutMs = 60_000;
/** Where programs of root stand; not every user has these in the path. */
const rootPath = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** A command of the host ended with an error, or not in time. */
export class HostCommandError extends Error {
  readonly code = "HOST_COMMAND";
}

type Execute = (program: string, args: readonly string[], timeoutMs: number) => Promise<string>;

/** What is used of the host; replaced by tests. */
export interface Host {
  readonly userId: number | undefined;
  readonly searchPath: readonly string[];
  readonly execute: Execute;
}

function searchPath(): string[] {
  return [...(process.env["PATH"] ?? "").split(":"), ...rootPath].filter((each) => each !== "");
}

/** Runs a program of this host. @throws HostCommandError when it fails or does not end in time */
export function executeOnHost(
  program: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<string> {
  const options = {
    timeout: timeoutMs,
    maxBuffer: outputBytesMax,
    env: { ...process.env, LC_ALL: "C", PATH: searchPath().join(":") },
  };
  return new Promise((resolve, reject) => {
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else {
        const seen = `${stderr}${stdout}`.trim().slice(-500) || error.message;
        const what = [program, ...args].join(" ").slice(0, 200);
        reject(new HostCommandError(`${what}: ${seen} (allowed ${timeoutMs} ms)`));
      }
    });
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export class HostCommands {
  readonly #prefix: readonly string[];
  readonly #execute: Execute;

  private constructor(prefix: readonly string[], execute: Execute) {
    this.#prefix = prefix;
    this.#execute = execute;
  }

  /**
   * @param attempted what the commands are for; it opens the message of a refusal
   * @throws FaultRefusedError when this user cannot become root, or a program is missing
   */
  static async open(
    attempted: string,
    programs: readonly string[],
    host: Host = { userId: process.getuid?.(), searchPath: searchPath(), execute: executeOnHost },
  ): Promise<HostCommands> {
    const missing = programs.filter(
      (program) => !host.searchPath.some((directory) => isExecutable(join(directory, program))),
    );
    if (missing.length > 0) {
      throw new FaultRefusedError(
        attempted,
        `this host has no ${missing.join(", ")}`,
        "Linux with util-linux, iptables, e2fsprogs and xfsprogs; on Debian and Ubuntu run ./setup as root",
      );
    }
    if (host.userId === 0) return new HostCommands([], host.execute);
    try {
      await host.execute("sudo", ["-n", "true"], askTimeoutMs);
    } catch {
      throw new FaultRefusedError(
        attempted,
        `user ${host.userId ?? "without a number"} is not root and may not become it unasked`,
        "root, or sudo without a password",
      );
    }
    return new HostCommands(["sudo", "-n"], host.execute);
  }

  /** Runs one command and returns what it printed. @throws HostCommandError with its last words */
  run(program: string, args: readonly string[], timeoutMs = commandTimeoutMs): Promise<string> {
    const [first = program, ...others] = [...this.#prefix, program, ...args];
    return this.#execute(first, others, timeoutMs);
  }
}
