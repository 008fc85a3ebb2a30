/** What the engine knows of a container's rights and limits, as plain texts by name. */

type Listed = readonly string[] | null | undefined;

/** The part of the engine's inspection that the facts are read from. */
export interface InspectedContainer {
  readonly Mounts: ReadonlyArray<{
    readonly Type?: string | undefined;
    /** Of a volume. */
    readonly Name?: string | undefined;
    readonly Source: string;
    readonly Destination: string;
    readonly RW: boolean;
  }>;
  readonly Config: {
    readonly User: string;
    readonly Image: string;
    readonly Healthcheck?: { readonly Test?: readonly string[] | undefined } | undefined;
    readonly StopSignal?: string | undefined;
    /** In seconds. */
    readonly StopTimeout?: number | undefined;
  };
  readonly NetworkSettings: {
    readonly Ports: Readonly<Record<string, ReadonlyArray<{ readonly HostIp: string }> | null>>;
  };
  readonly HostConfig: {
    readonly CapAdd?: Listed;
    readonly CapDrop?: Listed;
    readonly SecurityOpt?: Listed;
    readonly Devices?: readonly unknown[] | null | undefined;
    readonly Privileged?: boolean | undefined;
    readonly ReadonlyRootfs?: boolean | undefined;
    readonly NetworkMode?: string | undefined;
    readonly PidMode?: string | undefined;
    readonly IpcMode?: string | undefined;
    readonly UTSMode?: string | undefined;
    readonly UsernsMode?: string | undefined;
    readonly Memory?: number | undefined;
    readonly NanoCpus?: number | undefined;
    readonly PidsLimit?: number | null | undefined;
    readonly RestartPolicy?: { readonly Name: string } | undefined;
    readonly LogConfig?:
      | { readonly Type: string; readonly Config: Readonly<Record<string, string>> | null }
      | undefined;
  };
}

/** A network that a container belongs to, by the name that the compose file gives it. */
export interface AttachedNetwork {
  readonly name: string;
  readonly internal: boolean;
}

/** The name that the engine gives to a volume without one, which is lost with its container. */
function isAnonymous(name: string | undefined): boolean {
  return /^[0-9a-f]{64}$/.test(name ?? "");
}

/** Sorted, so that the order in which an engine lists things decides nothing. */
function listText(values: readonly string[]): string {
  return values.length === 0 ? "none" : values.toSorted().join(", ");
}

/** The engine says `null` for an empty list; a field that is not there says nothing. */
function engineList(values: readonly unknown[] | null | undefined): string | undefined {
  return values === undefined ? undefined : listText((values ?? []).map(String));
}

function hostNamespaces(host: InspectedContainer["HostConfig"]): string | undefined {
  const modes = {
    network: host.NetworkMode,
    pid: host.PidMode,
    ipc: host.IpcMode,
    uts: host.UTSMode,
    userns: host.UsernsMode,
  };
  if (Object.values(modes).includes(undefined)) return undefined;
  return listText(Object.entries(modes).flatMap(([name, mode]) => (mode === "host" ? [name] : [])));
}

function logText(log: InspectedContainer["HostConfig"]["LogConfig"]): string | undefined {
  if (log === undefined) return undefined;
  const option = (name: string) => `${name}=${log.Config?.[name] ?? "none"}`;
  return `${log.Type} ${option("max-size")} ${option("max-file")}`;
}

function portsText(ports: InspectedContainer["NetworkSettings"]["Ports"]): string {
  return listText(
    Object.entries(ports).flatMap(([port, bindings]) =>
      (bindings ?? []).map(({ HostIp }) => `${port} on ${HostIp === "" ? "0.0.0.0" : HostIp}`),
    ),
  );
}

/** Facts by name; what the engine did not tell is left out, so that nobody takes it for right. */
export function factsOf(
  { Config, HostConfig, Mounts, NetworkSettings }: InspectedContainer,
  networks: readonly AttachedNetwork[],
): Record<string, string> {
  const facts: Record<string, string | undefined> = {
    image: Config.Image,
    user: Config.User === "" ? "root by default" : Config.User,
    privileged: HostConfig.Privileged?.toString(),
    "read-only root": HostConfig.ReadonlyRootfs?.toString(),
    "capabilities dropped": engineList(HostConfig.CapDrop),
    "capabilities added": engineList(HostConfig.CapAdd),
    "security options": engineList(HostConfig.SecurityOpt),
    devices: engineList(HostConfig.Devices?.map(() => "one") ?? HostConfig.Devices),
    "host namespaces": hostNamespaces(HostConfig),
    mounts: listText(
      Mounts.map(
        ({ Type, Name, Destination, RW }) =>
          `${isAnonymous(Name) ? "anonymous " : ""}${Type ?? "unknown"} ${Destination} ${RW ? "writable" : "read-only"}`,
      ),
    ),
    "engine socket": String(Mounts.some(({ Source }) => Source.endsWith(".sock"))),
    "memory limit": HostConfig.Memory?.toString(),
    "processor limit": HostConfig.NanoCpus?.toString(),
    "process limit":
      HostConfig.PidsLimit === undefined ? undefined : `${HostConfig.PidsLimit ?? 0}`,
    "health check": Config.Healthcheck?.Test?.join(" ") ?? "none",
    "stop signal": Config.StopSignal ?? "SIGTERM",
    "seconds to stop": Config.StopTimeout?.toString(),
    "restart policy": HostConfig.RestartPolicy?.Name,
    log: logText(HostConfig.LogConfig),
    "published ports": portsText(NetworkSettings.Ports),
    networks: listText(
      networks.map(({ name, internal }) => name + (internal ? " (internal)" : "")),
    ),
  };
  return known(facts);
}

/** The rights of the main process, in the words of the kernel: proc_pid_status(5). */
export function processFactsOf(status: string): Record<string, string> {
  const field = (name: string) =>
    new RegExp(`^${name}:[ \\t]*(.+)$`, "m").exec(status)?.[1]?.trim().replaceAll(/\s+/g, " ");
  return known({
    "process users": field("Uid"),
    "process capabilities at most": field("CapBnd"),
    "process refuses new privileges": field("NoNewPrivs"),
    "process seccomp mode": field("Seccomp"),
  });
}

function known(facts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(facts)) if (value !== undefined) found[name] = value;
  return found;
}
