/**
 * Ways to what the stack publishes nowhere: a forwarder container of the run joins one of its
 * networks and publishes a port on loopback for each. The topology under test stays as it is.
 *
 * It asks for the address anew for every connection, so that it also finds a container that was
 * recreated.
 */

import { docker } from "./engine.ts";
import { labels } from "./labels.ts";
import { ownerOfThisProcess } from "./owner.ts";
import type { ProductionStack } from "./production-stack.ts";

/** Where a tunnel leads: a name or an address on the network, and the port there. */
export interface TunnelEnd {
  readonly host: string;
  readonly port: number;
}

const firstPort = 20_000;

function forwarderOf(ends: readonly TunnelEnd[]): string {
  return `
const net = require("node:net");
for (const [index, { host, port }] of ${JSON.stringify(ends)}.entries()) {
  net.createServer({ noDelay: true }, (near) => {
    const far = net.connect({ host, port, noDelay: true });
    near.pipe(far).pipe(near);
    near.on("error", () => far.destroy());
    far.on("error", () => near.destroy());
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  }).listen(${firstPort} + index, "0.0.0.0");
}
`;
}

/** Where a port of a container is published on loopback. */
async function publishedPort(containerId: string, port: number): Promise<number> {
  const printed = await docker(["port", containerId, `${port}/tcp`]);
  return Number(printed.trim().split("\n")[0]?.split(":").at(-1));
}

/** Ports on loopback that lead into one network of the stack, until disposed. */
export class Tunnel implements AsyncDisposable {
  readonly host = "127.0.0.1";
  /** One for each end, in the same order. */
  readonly ports: readonly number[];
  readonly #containerId: string;

  private constructor(containerId: string, ports: readonly number[]) {
    this.#containerId = containerId;
    this.ports = ports;
  }

  /** @param network name in the composition, such as `data` */
  static async open(
    stack: ProductionStack,
    network: string,
    ends: readonly TunnelEnd[],
  ): Promise<Tunnel> {
    const { runId, projectName, nodeImage } = stack.handle;
    const id = (
      await docker([
        "run",
        "--detach",
        "--rm",
        "--init",
        "--label",
        `${labels.run}=${runId}`,
        "--label",
        `${labels.owner}=${ownerOfThisProcess()}`,
        ...ends.flatMap((_, index) => ["--publish", `127.0.0.1::${firstPort + index}`]),
        nodeImage,
        "node",
        "-e",
        forwarderOf(ends),
      ])
    ).trim();
    try {
      await docker(["network", "connect", `${projectName}_${network}`, id]);
      const ports: number[] = [];
      for (const index of ends.keys()) ports.push(await publishedPort(id, firstPort + index));
      return new Tunnel(id, ports);
    } catch (error) {
      await docker(["rm", "--force", id]);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await docker(["rm", "--force", this.#containerId]);
  }
}
