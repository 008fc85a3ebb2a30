/**
 * Packet filter rules in the network namespace of one container.
 *
 * They hurt the traffic of that container alone, carry the run's mark, and end with the namespace at
 * the latest.
 */

import { readFileSync } from "node:fs";
import type { ContainerControl } from "./container-control.ts";
import { HostCommandError, HostCommands } from "./host-command.ts";
import { FaultRefusedError } from "./refusal.ts";

/** TCP traffic of a container by one port, its own or a peer's, that shall not get through. */
export interface Blockade {
  /**
   * `refused`: every packet is answered by a reset. `swallowed`: packets vanish, both ways.
   * `unheard`: the container's own requests go out to that port of others, and the answers vanish.
   */
  readonly packets: "refused" | "swallowed" | "unheard";
  readonly port: number;
  /** Address of the one peer that is hurt; `null` hurts everybody but the container itself. */
  readonly peer: string | null;
}

/** A rule of ours is still there after it was removed, or a container is not where it should be. */
class FirewallError extends Error {
  readonly code = "FIREWALL";
}

const programs = ["nsenter", "unshare", "iptables"];
const needed = "iptables with comment match and REJECT target, and an engine on this host";
const lockSeconds = "5";

/** What every rule of a run is known by. */
export function markOf(runId: string): string {
  return `hyper-mission:${runId}`;
}

/** Rules of a blockade as arguments that come behind `-I` or `-A`. Source: iptables-extensions(8). */
export function rulesOf({ packets, port, peer }: Blockade, mark: string): string[][] {
  const from = peer === null ? ["!", "-i", "lo"] : ["-s", `${peer}/32`];
  const to = peer === null ? ["!", "-o", "lo"] : ["-d", `${peer}/32`];
  const marked = ["-m", "comment", "--comment", mark, "-j"];
  const arriving = ["INPUT", ...from, "-p", "tcp", "--dport", `${port}`, ...marked];
  const leaving = ["OUTPUT", ...to, "-p", "tcp", "--sport", `${port}`, ...marked];
  if (packets === "unheard") {
    return [["INPUT", ...from, "-p", "tcp", "--sport", `${port}`, ...marked, "DROP"]];
  }
  return packets === "refused"
    ? [[...arriving, "REJECT", "--reject-with", "tcp-reset"]]
    : [
        [...arriving, "DROP"],
        [...leaving, "DROP"],
      ];
}

/** Arguments that remove every rule with the mark from a listing as `iptables -S` prints it. */
export function removalsOf(listing: string, mark: string): string[][] {
  return listing
    .split("\n")
    .map((line) => line.trim().replaceAll('"', "").split(" "))
    .filter((words) => words[0] === "-A" && words[words.indexOf("--comment") + 1] === mark)
    .map((words) => ["-D", ...words.slice(1)]);
}

/** What is used of the engine and of the host; the host is replaced by tests. */
export interface FirewallSetting {
  readonly control: Pick<ContainerControl, "list">;
  readonly runId: string;
  readonly openHost?: (attempted: string) => Promise<Pick<HostCommands, "run">>;
  readonly cgroupsOf?: (processId: number) => string;
}

function cgroupsHere(processId: number): string {
  try {
    return readFileSync(`/proc/${processId}/cgroup`, "utf8");
  } catch {
    return "";
  }
}

async function openHere(attempted: string): Promise<HostCommands> {
  return await HostCommands.open(attempted, programs);
}

export class ContainerFirewall {
  readonly #setting: FirewallSetting;
  readonly #host: Pick<HostCommands, "run">;
  readonly #containerId: string;
  readonly #mark: string;

  private constructor(
    setting: FirewallSetting,
    host: Pick<HostCommands, "run">,
    containerId: string,
  ) {
    this.#setting = setting;
    this.#host = host;
    this.#containerId = containerId;
    this.#mark = markOf(setting.runId);
  }

  /**
   * @param attempted what the rules are for; it opens the message of a refusal
   * @throws FaultRefusedError when this user cannot become root, or a program is missing
   */
  static async open(
    attempted: string,
    setting: FirewallSetting,
    containerId: string,
  ): Promise<ContainerFirewall> {
    const host = await (setting.openHost ?? openHere)(attempted);
    return new ContainerFirewall(setting, host, containerId);
  }

  /**
   * Adds the rules in a namespace of its own that ends at once, and reads those of the container.
   *
   * @throws FaultRefusedError when this host cannot do it; the container was not touched
   */
  async rehearse(attempted: string, blockade: Blockade): Promise<void> {
    try {
      for (const rule of rulesOf(blockade, this.#mark)) {
        await this.#host.run("unshare", ["--net", "iptables", "-w", lockSeconds, "-A", ...rule]);
      }
      await this.#runInside(["-S"]);
    } catch (error) {
      if (!(error instanceof HostCommandError || error instanceof FirewallError)) throw error;
      throw new FaultRefusedError(attempted, error.message, needed);
    }
  }

  /** Puts the rules before all others. @throws HostCommandError, FirewallError */
  async block(blockade: Blockade): Promise<void> {
    for (const rule of rulesOf(blockade, this.#mark)) await this.#runInside(["-I", ...rule]);
  }

  /** Removes every rule of the run, and looks again. Nothing to do where nothing runs. */
  async clear(): Promise<void> {
    for (const removal of removalsOf((await this.#run(["-S"])) ?? "", this.#mark)) {
      await this.#run(removal);
    }
    const left = removalsOf((await this.#run(["-S"])) ?? "", this.#mark);
    if (left.length === 0) return;
    throw new FirewallError(
      `removed the packet filter rules of ${this.#mark}: saw ${left.length} left, allowed 0; restart ${this.#containerId}, they end with it`,
    );
  }

  /**
   * Number of the container's main process on this host; `null` where nothing runs.
   *
   * Numbers are used again, and those of an engine elsewhere mean something else here: only the
   * cgroup says whose process it is. Rules in a wrong namespace could cut off the host itself.
   */
  async #processId(): Promise<number | null> {
    const found = (await this.#setting.control.list()).find(({ id }) => id === this.#containerId);
    if (found?.running !== true) return null;
    const { processId, name } = found;
    const cgroups = (this.#setting.cgroupsOf ?? cgroupsHere)(processId);
    if (cgroups.includes(this.#containerId)) return processId;
    throw new FirewallError(
      `looked for the network of ${name}: process ${processId} of this host is in cgroups "${cgroups.trim().slice(0, 200)}", allowed are those of ${this.#containerId}`,
    );
  }

  /** What `iptables` says inside; `null` where there is no inside, because nothing runs. */
  async #run(args: readonly string[]): Promise<string | null> {
    const processId = await this.#processId();
    if (processId === null) return null;
    const inside = ["--target", `${processId}`, "--net", "iptables", "-w", lockSeconds];
    try {
      return await this.#host.run("nsenter", [...inside, ...args]);
    } catch (error) {
      // A container that ended meanwhile took its rules with it.
      if ((await this.#processId()) !== processId) return null;
      throw error;
    }
  }

  async #runInside(args: readonly string[]): Promise<void> {
    if ((await this.#run(args)) !== null) return;
    throw new FirewallError(
      `ran iptables ${args.join(" ")} in ${this.#containerId}: it does not run, allowed is a container that does`,
    );
  }
}

/** Undoes every blockade of a container; callable twice, and for one that is gone. */
export async function clearFirewall(setting: FirewallSetting, containerId: string): Promise<void> {
  const firewall = await ContainerFirewall.open("remove packet filter rules", setting, containerId);
  await firewall.clear();
}
