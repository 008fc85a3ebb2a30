/**
 * Ways to what the stack publishes nowhere: a forwarder container of the run joins one of its
 * networks and publishes a port on loopback for each. The topology under test stays as it is.
 *
 * It asks for the address anew for every connection, so that it also finds a container that was
 * recreated.
 */

import type { ProductionStack } from "./production-stack.ts";
import { SideContainer } from "./side-container.ts";

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
    far.on("close", () => near.destroySoon());
  }).listen(${firstPort} + index, "0.0.0.0");
}
`;
}

/** Ports on loopback that lead into one network of the stack, until disposed. */
export class Tunnel implements AsyncDisposable {
  readonly host = "127.0.0.1";
  /** One for each end, in the same order. */
  readonly ports: readonly number[];
  readonly #container: SideContainer;

  private constructor(container: SideContainer, inside: readonly number[]) {
    this.#container = container;
    this.ports = inside.map((port) => container.portOf(port));
  }

  /** @param network name in the composition, such as `data` */
  static async open(
    stack: ProductionStack,
    network: string,
    ends: readonly TunnelEnd[],
  ): Promise<Tunnel> {
    const ports = ends.map((_, index) => firstPort + index);
    const script = forwarderOf(ends);
    return new Tunnel(await SideContainer.start(stack, { network, ports, script }), ports);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#container[Symbol.asyncDispose]();
  }
}
