/**
 * A way to the database that does not lead through the system under test.
 *
 * The data network is internal and publishes nothing, as in production, and stays so: a forwarder
 * container of the run joins it and publishes one port on loopback.
 */

import { docker } from "./engine.ts";
import { labels } from "./labels.ts";
import { ownerOfThisProcess } from "./owner.ts";
import type { ProductionStack } from "./production-stack.ts";

const listenPort = 5432;

const forwarder = `
const net = require("node:net");
net.createServer((near) => {
  const far = net.connect(5432, "postgres");
  near.pipe(far).pipe(near);
  near.on("error", () => far.destroy());
  far.on("error", () => near.destroy());
  near.on("close", () => far.destroy());
  far.on("close", () => near.destroy());
}).listen(${listenPort}, "0.0.0.0", () => console.log("forwarding"));
`;

/** Host and port on loopback that lead to Postgres, until disposed. */
export class DataTunnel implements AsyncDisposable {
  readonly host = "127.0.0.1";
  readonly port: number;
  readonly #containerId: string;

  private constructor(containerId: string, port: number) {
    this.#containerId = containerId;
    this.port = port;
  }

  static async open(stack: ProductionStack): Promise<DataTunnel> {
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
        "--publish",
        `127.0.0.1::${listenPort}`,
        nodeImage,
        "node",
        "-e",
        forwarder,
      ])
    ).trim();
    try {
      await docker(["network", "connect", `${projectName}_data`, id]);
      const printed = await docker(["port", id, `${listenPort}/tcp`]);
      const port = Number(printed.trim().split("\n")[0]?.split(":").at(-1));
      return new DataTunnel(id, port);
    } catch (error) {
      await docker(["rm", "--force", id]);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await docker(["rm", "--force", this.#containerId]);
  }
}
