/** Where the container engine is. Faults, load and secrets stay on this machine, so it has to be here. */

import { docker } from "./engine.ts";

/** The engine is on another machine, or may be. */
export class RemoteEngineError extends Error {
  readonly code = "REMOTE_ENGINE";
}

type ReadContext = () => Promise<string>;

/** The endpoint that the engine's command line uses: `DOCKER_HOST`, or that of its context. */
async function engineEndpoint(
  environment: Readonly<Record<string, string | undefined>>,
  readContext: ReadContext,
): Promise<string> {
  const host = environment["DOCKER_HOST"] ?? "";
  return host === "" ? (await readContext()).trim() : host;
}

function contextEndpoint(): Promise<string> {
  return docker(["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"]);
}

/**
 * Only a socket of this machine is local; TCP and SSH are not, whatever name they go by.
 *
 * @param attempted what it is needed for; it opens the message
 * @throws RemoteEngineError when the engine is reached in any other way
 */
export async function requireLocalEngine(
  attempted: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  readContext: ReadContext = contextEndpoint,
): Promise<void> {
  const endpoint = await engineEndpoint(environment, readContext);
  if (/^(?:unix|npipe):\/\//.test(endpoint)) return;
  throw new RemoteEngineError(
    `${attempted}: refused on ${endpoint}, allowed is an engine behind a socket of this machine; ` +
      "unset DOCKER_HOST, or choose a local one with `docker context use`",
  );
}
