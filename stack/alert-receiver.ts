/**
 * Whoever is told of alerts: a receiver of Alertmanager's webhook that keeps what it is told.
 *
 * The stack's Alertmanager sends to this name in every run; between two watches nobody answers there,
 * as when the people on duty cannot be reached.
 */

import { alertReceiver } from "./production-stack.ts";
import type { ProductionStack } from "./production-stack.ts";
import { SideContainer } from "./side-container.ts";

const messagesMax = 1_000;

const receiver = `
const told = [];
require("node:http").createServer((request, response) => {
  if (request.method !== "POST") {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(told));
    return;
  }
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const at = Date.now();
    if (told.length < ${messagesMax}) told.push({ at, body: Buffer.concat(parts).toString() });
    response.end();
  });
}).listen(${alertReceiver.port}, "0.0.0.0");
`;

/** One message as it came in. */
export interface AlertMessage {
  /** Time of day in milliseconds. */
  readonly at: number;
  readonly body: string;
}

/** A receiver that listens until it is disposed. */
export class AlertReceiver implements AsyncDisposable {
  readonly #container: SideContainer;

  private constructor(container: SideContainer) {
    this.#container = container;
  }

  static async start(stack: ProductionStack): Promise<AlertReceiver> {
    const { alias, port } = alertReceiver;
    const options = { network: "monitoring", alias, ports: [port], script: receiver };
    return new AlertReceiver(await SideContainer.start(stack, options));
  }

  /** All that it was told so far, in order. @throws Error when it does not answer in time */
  async messages(timeoutMs: number): Promise<readonly AlertMessage[]> {
    const { host } = this.#container;
    const url = `http://${host}:${this.#container.portOf(alertReceiver.port)}/`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    return (await answer.json()) as AlertMessage[];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#container[Symbol.asyncDispose]();
  }
}
