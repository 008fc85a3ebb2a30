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
  readonly nanoProcessors: number;
  /** Address by name of the network in the composition. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Process id on the host; 0 where nothing runs. */
  readonly processId: number;
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

/** Compose calls a network `<project>_<name>`. */
function addressesOf(inspected: Docker.ContainerInspectInfo): Record<string, string> {
  const project = inspected.Config.Labels["com.docker.compose.project"] ?? "";
  return Object.fromEntries(
    Object.entries(inspected.NetworkSettings.Networks).map(([name, { IPAddress }]) => [
      name.startsWith(`${project}_`) ? name.slice(project.length + 1) : name,
      IPAddress,
    ]),
  );
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
    nanoProcessors: inspected.HostConfig.NanoCpus ?? 0,
    addresses: addressesOf(inspected),
    processId: inspected.State.Pid,
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

/**
 * The main process is the child of the init process, which has the id 1; the rest of a line of
 * /proc/<id>/stat after the name is state and parent (proc(5)).
 */
const crashMainProcess = `
for stat in /proc/[0-9]*/stat; do
  read -r line <"$stat" || continue
  set -- \${line##*) }
  if [ "$2" = 1 ]; then
    id=\${stat#/proc/}
    echo "killed \${id%/stat}"
    kill -9 "\${id%/stat}"
  fi
done`;

/** Whether nginx, asked to do something, says that it did not. */
export function isRefusal(said: string): boolean {
  return /\[(?:emerg|alert|crit|error)\]|not found|no such file/i.test(said);
}

const stopGraceSeconds = 60;

type Endpoint = Docker.ContainerInspectInfo["NetworkSettings"]["Networks"][string];

/** Names that a container answers to on a network, without the one that its id gave it. */
function endpointOf(inspected: Docker.ContainerInspectInfo, endpoint: Endpoint) {
  const aliases: readonly string[] = endpoint.Aliases ?? [];
  return { Aliases: aliases.filter((alias) => !inspected.Id.startsWith(alias)) };
}

/** What a container was made from, as data: enough to make it anew where it is gone. */
export interface ContainerSpecification {
  readonly name: string;
  readonly settings: Docker.ContainerCreateOptions;
  /** Networks besides the first one, which are joined one by one. */
  readonly otherNetworks: Readonly<Record<string, { readonly Aliases: readonly string[] }>>;
}

function specificationOf(inspected: Docker.ContainerInspectInfo): ContainerSpecification {
  const [, ...others] = Object.entries(inspected.NetworkSettings.Networks);
  return {
    name: inspected.Name.slice(1),
    settings: settingsOf(inspected),
    otherNetworks: Object.fromEntries(
      others.map(([name, endpoint]) => [name, endpointOf(inspected, endpoint)]),
    ),
  };
}

/** What a container was made from; its host name is left out, so that the new one gets its own. */
function settingsOf(inspected: Docker.ContainerInspectInfo): Docker.ContainerCreateOptions {
  const { Hostname: _, ...configuration } = inspected.Config;
  const [network] = Object.entries(inspected.NetworkSettings.Networks);
  return {
    ...configuration,
    name: inspected.Name.slice(1),
    HostConfig: inspected.HostConfig,
    NetworkingConfig: {
      EndpointsConfig:
        network === undefined ? {} : { [network[0]]: endpointOf(inspected, network[1]) },
    },
  };
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
    const { said } = await this.#execute(id, command);
    return said;
  }

  /**
   * What a container's health check says now, asked at once and once.
   *
   * @throws Error when it has none, or when it does not end within `execMsMax`
   */
  async checkHealth(id: string): Promise<"well" | "ill"> {
    const { Config } = await (await this.#owned(id)).inspect();
    const [kind, ...words] = Config.Healthcheck?.Test ?? [];
    if (kind !== "CMD" && kind !== "CMD-SHELL") {
      throw new Error(`checked the health of ${id}: saw no check, allowed is one in its image`);
    }
    const command = kind === "CMD" ? words : ["/bin/sh", "-c", ...words];
    const { exitCode } = await this.#execute(id, command);
    return exitCode === 0 ? "well" : "ill";
  }

  async #execute(
    id: string,
    command: readonly string[],
  ): Promise<{ readonly said: string; readonly exitCode: number | null }> {
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
      const { ExitCode } = await exec.inspect();
      return { said: textOfFrames(Buffer.concat(chunks)), exitCode: ExitCode };
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

  /** Limits the processor time of a running container, in billionths of a processor. */
  async setProcessors(id: string, nanoProcessors: number): Promise<void> {
    await (await this.#owned(id)).update({ NanoCpus: nanoProcessors });
  }

  /** Periods in which the kernel made a container wait for its processor limit, since its start. */
  async throttledPeriods(id: string): Promise<number> {
    const stats = await (await this.#owned(id)).stats({ stream: false, "one-shot": true });
    return stats.cpu_stats.throttling_data.throttled_periods;
  }

  /** Command lines of the processes of a container by their ids, as the host sees them. */
  async processes(id: string): Promise<Readonly<Record<number, string>>> {
    const { Titles, Processes } = (await (await this.#owned(id)).top()) as {
      Titles: string[];
      Processes: string[][];
    };
    const [idColumn, commandColumn] = [Titles.indexOf("PID"), Titles.indexOf("CMD")];
    return Object.fromEntries(
      Processes.map((row) => [Number(row[idColumn]), row[commandColumn] ?? ""]),
    );
  }

  /**
   * Lets nginx in a container read its configuration and certificate anew.
   *
   * From inside: whoever is sent a signal by the engine, even a harmless one, counts as stopped on
   * purpose from then on, and its restart policy would not act after a later crash.
   *
   * @throws TargetError when nginx refuses
   */
  async reloadGateway(id: string): Promise<void> {
    const said = await this.run(id, ["nginx", "-s", "reload"]);
    if (isRefusal(said)) {
      throw new TargetError(`reload ${id}: nginx said "${said.trim()}", allowed is no error`);
    }
  }

  /**
   * Lets the main process of a container die by itself: a kill by the engine would count as wanted,
   * and the restart policy would not act.
   *
   * @throws TargetError when no process was found to end
   */
  async crash(id: string): Promise<void> {
    const said = await this.run(id, ["/bin/sh", "-c", crashMainProcess]);
    if (!said.includes("killed")) {
      throw new TargetError(`crash ${id}: saw "${said.trim()}", allowed is one process killed`);
    }
  }

  /**
   * Removes containers and makes them anew from the same settings, as an update of their image does.
   *
   * All are removed before the first is made, so that addresses are free to be given to others.
   *
   * @param ids in the order in which the new ones shall start
   * @param whileGone what happens when the old ones are gone and the new ones are not there yet
   * @returns ids of the new containers in that order
   */
  async recreate(
    ids: readonly string[],
    whileGone: () => Promise<void> = async () => undefined,
  ): Promise<string[]> {
    const specifications = await Promise.all(ids.map((id) => this.specification(id)));
    for (const id of ids) {
      const container = this.#docker.getContainer(id);
      await container.stop({ t: stopGraceSeconds });
      await container.remove();
    }
    const made: string[] = [];
    try {
      await whileGone();
    } finally {
      for (const specification of specifications) made.push(await this.#make(specification));
    }
    return made;
  }

  /**
   * Makes a container anew and removes the old one only then, as a deployment does that never has
   * one replica too few: the new one cannot get the address of the old one.
   *
   * @returns id of the new container
   */
  async replace(id: string): Promise<string> {
    const specification = await this.specification(id);
    const container = this.#docker.getContainer(id);
    await container.rename({ name: `${specification.name}-old` });
    const made = await this.#make(specification);
    await container.stop({ t: stopGraceSeconds });
    await container.remove();
    return made;
  }

  /** What a container is made from; kept before it is removed, it can be made anew by anybody. */
  async specification(id: string): Promise<ContainerSpecification> {
    return specificationOf(await (await this.#owned(id)).inspect());
  }

  async #make({ settings, otherNetworks }: ContainerSpecification): Promise<string> {
    const container = await this.#docker.createContainer(settings);
    for (const [name, { Aliases }] of Object.entries(otherNetworks)) {
      const options = { Container: container.id, EndpointConfig: { Aliases: [...Aliases] } };
      await this.#docker.getNetwork(name).connect(options);
    }
    await container.start();
    return container.id;
  }

  /**
   * Makes a container anew where it is gone, and where it was left half made.
   *
   * @returns whether that was necessary
   */
  async ensureMade(specification: ContainerSpecification): Promise<boolean> {
    const { name, otherNetworks } = specification;
    const found = await this.#docker.listContainers({
      all: true,
      filters: { label: [`${labels.run}=${this.#runId}`], name: [`^/${name}$`] },
    });
    const [present] = found;
    if (present !== undefined) {
      const joined = Object.keys(present.NetworkSettings.Networks);
      if (Object.keys(otherNetworks).every((network) => joined.includes(network))) return false;
      await this.#docker.getContainer(present.Id).remove({ force: true });
    }
    await this.#make(specification);
    return true;
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
