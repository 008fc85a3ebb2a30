/** One real process of the command line, watched by what it writes into its record. */

import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { readEvents } from "../../reports/run-store.ts";
import type { RunEvent } from "../../reports/events.ts";
import { until } from "../../stack/until.ts";
import type { Scene } from "./scene.ts";

const endMsMax = 420_000;
const momentMsMax = 300_000;
const insistMsMax = 2_000;
const lastWordsMsMax = 1_000;
const outputLengthMax = 1_000_000;

/** Every process that an ending starts carries it, and so do those that they start. */
const markVariable = "HYPER_MISSION_ENDING";

/** 128 and the number of the signal, as a shell tells it, where a signal ended the process. */
function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  if (code !== null) return code;
  return 128 + (signal === null ? 0 : constants.signals[signal]);
}

export class RunningCommand {
  readonly scene: Scene;
  readonly ended: Promise<number>;
  readonly #child: ChildProcess;
  readonly #startedMs = performance.now();
  #output = "";
  #standardOutput = "";
  #exitCode: number | null = null;
  #disturbedMs: number | null = null;
  #endedMs: number | null = null;

  constructor(scene: Scene, args: readonly string[]) {
    this.scene = scene;
    const env = {
      ...process.env,
      // What is red on purpose is no news for a job that runs the endings.
      GITHUB_STEP_SUMMARY: "",
      GITHUB_OUTPUT: "",
      GITHUB_ACTIONS: "",
      ...scene.environment,
      [markVariable]: scene.directory,
    };
    this.#child = spawn(process.execPath, ["cli/main.ts", ...args], {
      cwd: scene.directory,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: endMsMax,
      killSignal: "SIGKILL",
    });
    this.#child.stdout?.on("data", (chunk: Buffer) => {
      this.#standardOutput = `${this.#standardOutput}${chunk.toString()}`.slice(-outputLengthMax);
    });
    this.#child.stderr?.on("data", (chunk: Buffer) => {
      this.#output = `${this.#output}${chunk.toString()}`.slice(-outputLengthMax);
    });
    this.ended = new Promise((resolve, reject) => {
      this.#child.once("error", reject);
      this.#child.once("exit", (code, signal) => {
        this.#endedMs = performance.now();
        const end = () => {
          this.#exitCode = exitCodeOf(code, signal);
          resolve(this.#exitCode);
        };
        // Its last words may still be on their way; what it started may hold the streams for longer.
        const late = setTimeout(end, lastWordsMsMax);
        this.#child.once("close", () => {
          clearTimeout(late);
          end();
        });
      });
    });
  }

  get standardOutput(): string {
    return this.#standardOutput;
  }

  get standardError(): string {
    return this.#output;
  }

  get durationMs(): number {
    return performance.now() - this.#startedMs;
  }

  get afterDisturbanceMs(): number | null {
    const untilMs = this.#endedMs ?? performance.now();
    return this.#disturbedMs === null ? null : untilMs - this.#disturbedMs;
  }

  /** Folder of the run that it began; `null` before there is one. */
  get runDirectory(): string | null {
    const latest = join(this.scene.runsDirectory, "latest");
    return existsSync(latest) ? latest : null;
  }

  get events(): readonly RunEvent[] {
    const directory = this.runDirectory;
    return directory === null ? [] : readEvents({ id: "latest", directory });
  }

  /** Whether a row of traffic is on disk. */
  get hasTraffic(): boolean {
    const records = join(this.runDirectory ?? "", "records");
    if (this.runDirectory === null || !existsSync(records)) return false;
    return readdirSync(records).some(
      (name) => name.endsWith(".rows.jsonl") && statSync(join(records, name)).size > 0,
    );
  }

  /** @throws Error when the command ends before the moment comes, or it does not come in time */
  async reaches(moment: string, isThere: () => boolean | Promise<boolean>): Promise<void> {
    await until(
      moment,
      async () => {
        if (await isThere()) return null;
        if (this.#exitCode === null) return "the command at work";
        throw new Error(`waited for "${moment}": the command had ended with ${this.#exitCode}`);
      },
      momentMsMax,
    );
  }

  /** Waits until it has told something, on either stream. */
  says(words: RegExp): Promise<void> {
    return this.reaches(String(words), () => words.test(this.#standardOutput + this.#output));
  }

  /** Signals again and again, because one that comes too soon is taken for an echo of the first. */
  async insists(name: NodeJS.Signals): Promise<void> {
    const look = async () => {
      if (this.#exitCode !== null) return null;
      this.#child.kill(name);
      return "it at work";
    };
    await until(`an end at once by ${name}`, look, insistMsMax);
  }

  /** Where it has not ended by itself. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.ended;
  }

  signal(name: NodeJS.Signals): void {
    this.disturbed();
    this.#child.kill(name);
  }

  /** Starts the clock that says how long it takes to end. */
  disturbed(): void {
    this.#disturbedMs ??= performance.now();
  }

  /** Somebody who read what it tells goes away. */
  stopReading(): void {
    this.disturbed();
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }
}

/** Processes that carry the mark of an ending, but for those that are gone while one looks. */
export function processesOf(mark: string): string[] {
  const found: string[] = [];
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${id}/environ`, "utf8").split("\0");
      if (!environment.includes(`${markVariable}=${mark}`)) continue;
      const words = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0").slice(0, 4);
      found.push(`process ${id} ${words.join(" ").trim()}`);
    } catch {
      // Gone meanwhile, or somebody else's.
    }
  }
  return found;
}
