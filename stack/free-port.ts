/** Ports that stay: the engine would choose another one at every restart of a container. */

import { createServer } from "node:net";

/** Below the range from which systems take the ports of outgoing connections. */
const lowest = 20_000;
const highest = 32_000;
const attemptsMax = 200;

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A port on which nobody listens. @throws RangeError when none was found */
export async function freePort(host: string, taken: readonly number[]): Promise<number> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (!taken.includes(port) && (await canListen(port, host))) return port;
  }
  throw new RangeError(
    `looked for a free port of ${host} from ${lowest} to ${highest}: ${attemptsMax} were taken, allowed is one; name one by its variable, such as HTTPS_PORT`,
  );
}
