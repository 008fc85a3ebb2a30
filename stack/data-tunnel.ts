/**
 * A way to Postgres and Redis that does not lead through the system under test: the data network is
 * internal and publishes nothing, as in production, and stays so.
 */

import type { ProductionStack } from "./production-stack.ts";
import { Tunnel } from "./tunnel.ts";

const ends = [
  { host: "postgres", port: 5432 },
  { host: "redis", port: 6379 },
] as const;

/** Host and ports on loopback that lead to Postgres and to Redis, until disposed. */
export class DataTunnel implements AsyncDisposable {
  readonly host = "127.0.0.1";
  /** Leads to Postgres. */
  readonly port: number;
  readonly redisPort: number;
  readonly #tunnel: Tunnel;

  private constructor(tunnel: Tunnel) {
    this.#tunnel = tunnel;
    const [port = 0, redisPort = 0] = tunnel.ports;
    this.port = port;
    this.redisPort = redisPort;
  }

  static async open(stack: ProductionStack): Promise<DataTunnel> {
    return new DataTunnel(await Tunnel.open(stack, "data", ends));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tunnel[Symbol.asyncDispose]();
  }
}
