/**
 * A container of the harness beside the system under test: in one of its networks, labelled as part
 * of the run so that it goes with it, and reachable on loopback alone.
 */

import { docker } from "./engine.ts";
import { labels } from "./labels.ts";
import { ownerOfThisProcess } from "./owner.ts";
import type { ProductionStack } from "./production-stack.ts";

interface SideContainerOptions {
  /** Network by its name in the composition, joined beside the one with the way to the host. */
  readonly network: string;
  /** Name by which the others in the network find it; none where nobody looks for it. */
  readonly alias?: string;
  /** Ports inside, each published on loopback at a port of its own. */
  readonly ports: readonly number[];
  /** What Node runs in it. */
  readonly script: string;
}

/** Where a port of a container is published on loopback. */
async function publishedPort(containerId: string, port: number): Promise<number> {
  const printed = await docker(["port", containerId, `${port}/tcp`]);
  return Number(printed.trim().split("\n")[0]?.split(":").at(-1));
}

/** A running one, until it is disposed. */
export class SideContainer implements AsyncDisposable {
  readonly host = "127.0.0.1";
  readonly #id: string;
  readonly #ports: ReadonlyMap<number, number>;

  private constructor(id: string, ports: ReadonlyMap<number, number>) {
    this.#id = id;
    this.#ports = ports;
  }

  static async start(
    stack: ProductionStack,
    { network, alias, ports, script }: SideContainerOptions,
  ): Promise<SideContainer> {
    const { runId, projectName, nodeImage } = stack.handle;
    const label = (name: string, value: string) => ["--label", `${name}=${value}`];
    const printed = await docker([
      "run",
      "--detach",
      "--rm",
      "--init",
      ...label(labels.run, runId),
      ...label(labels.owner, ownerOfThisProcess()),
      ...ports.flatMap((port) => ["--publish", `127.0.0.1::${port}`]),
      nodeImage,
      "node",
      "-e",
      script,
    ]);
    const id = printed.trim();
    try {
      const aliases = alias === undefined ? [] : ["--alias", alias];
      await docker(["network", "connect", ...aliases, `${projectName}_${network}`, id]);
      const published = new Map<number, number>();
      for (const port of ports) published.set(port, await publishedPort(id, port));
      return new SideContainer(id, published);
    } catch (error) {
      await docker(["rm", "--force", id]);
      throw error;
    }
  }

  /** Port on loopback that leads to a port inside. @throws RangeError where it is not published */
  portOf(inside: number): number {
    const found = this.#ports.get(inside);
    if (found !== undefined) return found;
    throw new RangeError(
      `looked for the published port ${inside}: saw ${[...this.#ports.keys()].join(", ")}`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await docker(["rm", "--force", this.#id]);
  }
}
