/**
 * A way to Postgres and Redis that does not lead through the system under test.
 *
 * The data network is internal and publishes nothing, as in production, and stays so: a forwarder
 * container of the run joins it and publishes one port for each on loopback. It asks for the
 * address anew for every connection, so that it also finds a container that was recreated.
 */

import { docker } from "./engine.ts";
import { labels } from "./labels.ts";
import { ownerOfThisProcess } from "./owner.ts";
import type { ProductionStack } from "./production-stack.ts";

const postgresPort = 5432;
const redisPort = 6379;

const forwarder = `
const net = require("node:net");
for (const [port, service] of [[${postgresPort}, "postgres"], [${redisPort}, "redis"]]) {
  net.createServer((near) => {
    const far = net.connect(port, service);
    near.pipe(far).pipe(near);
    near.on("error", () => far.destroy());
    far.on("error", () => near.destroy());
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  }).listen(port, "0.0.0.0");
}
`;

/** Where a port of a container is published on loopback. */
async function publishedPort(containerId: string, port: number): Promise<number> {
  const printed = await docker(["port", containerId, `${port}/tcp`]);
  return Number(printed.trim().split("\n")[0]?.split(":").at(-1));
}

/** Host and ports on loopback that lead to Postgres and to Redis, until disposed. */
export class DataTunnel implements AsyncDisposable {
  readonly host = "127.0.0.1";
  /** Leads to Postgres. */
  readonly port: number;
  readonly redisPort: number;
  readonly #containerId: string;

  private constructor(containerId: string, port: number, redisPort: number) {
    this.#containerId = containerId;
    this.port = port;
    this.redisPort = redisPort;
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
        `127.0.0.1::${postgresPort}`,
        "--publish",
        `127.0.0.1::${redisPort}`,
        nodeImage,
        "node",
        "-e",
        forwarder,
      ])
    ).trim();
    try {
      await docker(["network", "connect", `${projectName}_data`, id]);
      const port = await publishedPort(id, postgresPort);
      return new DataTunnel(id, port, await publishedPort(id, redisPort));
    } catch (error) {
      await docker(["rm", "--force", id]);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await docker(["rm", "--force", this.#containerId]);
  }
}
