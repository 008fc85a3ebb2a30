/** Replicas that are real processes: frozen, killed and started again as containers are. */

import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { replicaNames } from "../../reports/hand-made.ts";
import type { ContainerState } from "../../stack/container-control.ts";

const exitCodes: Readonly<Record<string, number>> = { SIGKILL: 137, SIGTERM: 143 };

function isFrozen(child: ChildProcess): boolean {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return false;
  const [, afterName = ""] = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ");
  return afterName.startsWith("T");
}

/** The part of the engine's control that the kill of a replica needs. */
export class ProcessReplicas implements AsyncDisposable {
  readonly #children = new Map<string, ChildProcess>();

  private constructor() {
    for (const id of replicaNames) this.#start(id);
  }

  static async open(): Promise<ProcessReplicas> {
    const replicas = new ProcessReplicas();
    await Promise.all([...replicas.#children.values()].map((child) => once(child, "spawn")));
    return replicas;
  }

  #start(id: string): ChildProcess {
    const child = spawn("sleep", ["60"], { stdio: "ignore" });
    this.#children.set(id, child);
    return child;
  }

  #child(id: string): ChildProcess {
    const child = this.#children.get(id);
    if (child !== undefined) return child;
    throw new RangeError(`asked for the replica "${id}": there is none of that name`);
  }

  async #signal(id: string, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const child = this.#child(id);
    const ended = once(child, "exit");
    child.kill(signal);
    // What is frozen hears nothing but SIGKILL before it goes on.
    child.kill("SIGCONT");
    await ended;
  }

  async list(service: string): Promise<ContainerState[]> {
    if (service !== "server") return [];
    return await Promise.all(replicaNames.map((id) => this.inspect(id)));
  }

  async pause(id: string): Promise<void> {
    this.#child(id).kill("SIGSTOP");
  }

  async kill(id: string): Promise<void> {
    await this.#signal(id, "SIGKILL");
  }

  async stop(id: string): Promise<void> {
    await this.#signal(id, "SIGTERM");
  }

  /** Whoever is frozen or gone runs again afterwards. */
  async run(id: string): Promise<void> {
    const child = this.#child(id);
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGCONT");
    else await once(this.#start(id), "spawn");
  }

  async inspect(id: string): Promise<ContainerState> {
    const child = this.#child(id);
    const { exitCode, signalCode } = child;
    const running = exitCode === null && signalCode === null;
    return {
      id,
      name: `server-${replicaNames.findIndex((name) => name === id) + 1}`,
      service: "server",
      hostName: id,
      running,
      paused: isFrozen(child),
      health: running ? "healthy" : "none",
      lastHealthOutput: "",
      exitCode: exitCodes[signalCode ?? ""] ?? exitCode ?? 0,
      oomKilled: false,
      restartCount: 0,
      startedAt: String(child.pid),
      nanoProcessors: 0,
      addresses: {},
      processId: child.pid ?? 0,
      hostPorts: {},
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ends = [...this.#children.values()]
      .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      .map(async (child) => {
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      });
    await Promise.all(ends);
  }
}
