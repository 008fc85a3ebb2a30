/**
 * Everything that is done to single containers: the only file that speaks to the engine's API.
 *
 * Every call is limited to containers that carry this run's label, so that a fault can never touch
 * what it was not started with.
 */

import Docker from "dockerode";
import { factsOf, processFactsOf, type AttachedNetwork } from "./container-facts.ts";
import { labels } from "./labels.ts";

export interface ContainerState {
  readonly id: string;
  /** Compose service and index, such as `server-2`. */
  readonly name: string;
  readonly service: string;
  readonly hostName: string;
  readonly running: boolean;
  readonly paused: boolean;
  readonly health: "healthy" | "unhealthy" | "starting" | "none";
  readonly lastHealthOutput: string;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly restartCount: number;
  readonly startedAt: string;
  /** Published ports, container port such as `8443/tcp` to host port. */
  readonly hostPorts: Readonly<Record<string, number>>;
}

/** A container was asked for that this run did not start, or none at all. */
class TargetError extends Error {
  readonly code = "FAULT_TARGET";
}

function healthOf(status: string | undefined): ContainerState["health"] {
  if (status === "healthy" || status === "unhealthy" || status === "starting") return status;
  return "none";
}

function hostPortsOf(
  ports: Readonly<Record<string, ReadonlyArray<{ HostPort: string }> | null>> | undefined,
): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [port, bindings] of Object.entries(ports ?? {})) {
    const first = bindings?.[0];
    if (first !== undefined) found[port] = Number(first.HostPort);
  }
  return found;
}

function stateOf(inspected: Docker.ContainerInspectInfo): ContainerState {
  const composeLabels = inspected.Config.Labels;
  const service = composeLabels["com.docker.compose.service"] ?? "";
  const lastCheck = inspected.State.Health?.Log?.at(-1);
  return {
    id: inspected.Id,
    name: `${service}-${composeLabels["com.docker.compose.container-number"] ?? "1"}`,
    service,
    hostName: inspected.Config.Hostname,
    running: inspected.State.Running,
    paused: inspected.State.Paused,
    health: healthOf(inspected.State.Health?.Status),
    lastHealthOutput: lastCheck?.Output.trim() ?? "",
    exitCode: inspected.State.ExitCode,
    oomKilled: inspected.State.OOMKilled,
    restartCount: inspected.RestartCount,
    startedAt: inspected.State.StartedAt,
    hostPorts: hostPortsOf(inspected.NetworkSettings.Ports),
  };
}

const execMsMax = 5_000;
const frameHeaderBytes = 8;

/**
 * Text of a log in the engine's frames: one byte for the stream, three of padding, four of length.
 *
 * Source: Docker Engine API, "Attach to a container", stream format.
 */
export function textOfFrames(frames: Buffer): string {
  const parts: Buffer[] = [];
  let at = 0;
  while (at + frameHeaderBytes <= frames.length) {
    const end = at + frameHeaderBytes + frames.readUInt32BE(at + 4);
    parts.push(frames.subarray(at + frameHeaderBytes, end));
    at = end;
  }
  return Buffer.concat(parts).toString("utf8");
}

/** Handle on the containers of one run. */
export class ContainerControl {
  readonly #docker = new Docker();
  readonly #runId: string;

  constructor(runId: string) {
    this.#runId = runId;
  }

  /** @throws Error when the engine itself does not answer, so that nobody blames the product */
  async ping(): Promise<void> {
    await this.#docker.ping();
  }

  /** Containers of one service in index order; of all services when none is named. */
  async list(service?: string): Promise<ContainerState[]> {
    const label = [`${labels.run}=${this.#runId}`];
    if (service !== undefined) label.push(`com.docker.compose.service=${service}`);
    const found = await this.#docker.listContainers({ all: true, filters: { label } });
    const inspected = await Promise.all(
      found.map(({ Id }) => this.#docker.getContainer(Id).inspect()),
    );
    return inspected
      .map(stateOf)
      .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  }

  /** The only container of a service. @throws TargetError when there is none or more than one. */
  async single(service: string): Promise<ContainerState> {
    const [first, ...others] = await this.list(service);
    if (first === undefined || others.length > 0) {
      throw new TargetError(
        `looked for the one container of ${service} in run ${this.#runId}: saw ${first === undefined ? 0 : 1 + others.length}, allowed 1`,
      );
    }
    return first;
  }

  /** Present state of one container. @throws TargetError when it does not belong to this run. */
  async inspect(id: string): Promise<ContainerState> {
    const inspected = await this.#docker.getContainer(id).inspect();
    const owner = inspected.Config.Labels[labels.run];
    if (owner !== this.#runId) {
      throw new TargetError(
        `container ${id} belongs to run ${owner ?? "none"}: only containers of run ${this.#runId} may be touched`,
      );
    }
    return stateOf(inspected);
  }

  async #owned(id: string): Promise<Docker.Container> {
    await this.inspect(id);
    return this.#docker.getContainer(id);
  }

  /**
   * What a command inside a container says, on both of its streams.
   *
   * @throws Error when it does not end within `execMsMax`
   */
  async run(id: string, command: readonly string[]): Promise<string> {
    const container = await this.#owned(id);
    const exec = await container.exec({
      Cmd: [...command],
      AttachStdout: true,
      AttachStderr: true,
    });
    const stream = await exec.start({ hijack: false, stdin: false });
    const timer = setTimeout(
      () =>
        stream.destroy(
          new Error(`ran ${command[0]} in ${id}: no end seen, allowed are ${execMsMax} ms`),
        ),
      execMsMax,
    );
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(Buffer.from(chunk));
      return textOfFrames(Buffer.concat(chunks));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Rights and limits of one container by name; a fact that cannot be read is left out. */
  async hardening(id: string): Promise<Readonly<Record<string, string>>> {
    const container = await this.#owned(id);
    const inspected = await container.inspect();
    const [networks, status] = await Promise.all([
      Promise.all(
        Object.values(inspected.NetworkSettings.Networks).map(({ NetworkID }) =>
          this.#network(NetworkID),
        ),
      ),
      this.run(id, ["cat", "/proc/1/status"]),
    ]);
    return { ...factsOf(inspected, networks), ...processFactsOf(status) };
  }

  async #network(id: string): Promise<AttachedNetwork> {
    const found = await this.#docker.getNetwork(id).inspect();
    const name = found.Labels?.["com.docker.compose.network"] ?? found.Name;
    return { name, internal: found.Internal };
  }

  /** Size of the image that a container runs, in bytes. */
  async imageBytes(id: string): Promise<number> {
    const { Image } = await (await this.#owned(id)).inspect();
    return (await this.#docker.getImage(Image).inspect()).Size;
  }

  /** Ends the main process with a signal; after SIGKILL the restart policy does not act. */
  async kill(id: string, signal = "SIGKILL"): Promise<void> {
    await (await this.#owned(id)).kill({ signal });
  }

  async pause(id: string): Promise<void> {
    await (await this.#owned(id)).pause();
  }

  async unpause(id: string): Promise<void> {
    await (await this.#owned(id)).unpause();
  }

  async start(id: string): Promise<void> {
    await (await this.#owned(id)).start();
  }

  /** Sends the stop signal, and SIGKILL after `graceSeconds`. */
  async stop(id: string, graceSeconds: number): Promise<void> {
    await (await this.#owned(id)).stop({ t: graceSeconds });
  }

  /** Log of one container since a moment, without time stamps. */
  async logs(id: string, options: { since?: Date; tail?: number } = {}): Promise<string> {
    const container = await this.#owned(id);
    const frames = await container.logs({
      stdout: true,
      stderr: true,
      follow: false,
      ...(options.since === undefined ? {} : { since: options.since.getTime() / 1_000 }),
      ...(options.tail === undefined ? {} : { tail: options.tail }),
    });
    return textOfFrames(frames);
  }
}
