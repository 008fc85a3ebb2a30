/**
 * The system under test, from start to removal.
 *
 * What production deploys is what is started: `stack/compose.yaml` with ephemeral ports on loopback
 * and secrets of its own, once per run, under a project name and a label that no other run has.
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ContainerControl } from "./container-control.ts";
import { requireLocalEngine } from "./engine-endpoint.ts";
import { freePort } from "./free-port.ts";
import { createInstallationDirectory } from "./installation.ts";
import { removeRun } from "./leftovers.ts";
import { runStatements } from "./origin.ts";
import type { StackOrigin } from "./origin.ts";
import { keptOwner, ownerOfThisProcess } from "./owner.ts";
import { writeInstallation } from "./secrets.ts";
import { StackStartError, StartWatch } from "./start-watch.ts";

export const replicaCount = 3;
const loopback = "127.0.0.1";
export const serverName = "hyper-mission.test";
/**
 * Where a run's Alertmanager sends alerts: whoever joins the network `monitoring` under this name
 * gets them, at any time and without a change to the stack.
 */
export const alertReceiver = { alias: "alert-receiver", port: 8080, path: "/alerts" } as const;

/** Ports on the host by variable of the compose file; 0 stands for any free one. */
export interface HostPorts {
  readonly HTTPS_PORT: number;
  readonly HTTP_PORT: number;
  readonly PROMETHEUS_PORT: number;
  readonly ALERTMANAGER_PORT: number;
  readonly GRAFANA_PORT: number;
}

/** All that another process or thread needs to reach a running stack. */
export interface StackHandle {
  readonly runId: string;
  readonly projectName: string;
  /** Folder with the secrets and the certificate of the run's own authority. */
  readonly installation: string;
  /** Folder that it was built and started from. */
  readonly sources: string;
  readonly nodeImage: string;
}

export interface StartOptions {
  readonly runId: string;
  readonly origin: StackOrigin;
  /** Images by variable of the compose file. */
  readonly imageEnvironment: Readonly<Record<string, string>>;
  readonly ports: HostPorts;
  readonly deadlineMs: number;
  /** A kept stack outlives this process; `down` removes it. */
  readonly keep: boolean;
  /** Whether Testcontainers' reaper can be had; it removes the stack if this process is killed. */
  readonly reaper: boolean;
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Addresses on the host; asked for anew after every restart, because mapped ports move. */
export interface StackAddress {
  readonly host: "127.0.0.1";
  readonly httpsPort: number;
  readonly httpPort: number;
  readonly prometheusPort: number;
  readonly alertmanagerPort: number;
  /** `null` where Grafana's image cannot be had. */
  readonly grafanaPort: number | null;
}

/** A stack that is up. */
export class ProductionStack implements AsyncDisposable {
  readonly handle: StackHandle;
  readonly control: ContainerControl;

  constructor(handle: StackHandle) {
    this.handle = handle;
    this.control = new ContainerControl(handle.runId);
  }

  /** Where the services are published now. @throws StackStartError when they are not. */
  async address(): Promise<StackAddress> {
    const [gateway, prometheus, alertmanager, containers] = await Promise.all([
      this.control.single("gateway"),
      this.control.single("prometheus"),
      this.control.single("alertmanager"),
      this.control.list(),
    ]);
    const grafana = containers.find(({ service }) => service === "grafana");
    const port = (ports: Readonly<Record<string, number>>, inside: string) => {
      const found = ports[inside];
      if (found !== undefined && found > 0) return found;
      throw new StackStartError(
        `looked for the published port ${inside}: saw ${JSON.stringify(ports)}, allowed one on 127.0.0.1; is the container running?`,
      );
    };
    return {
      host: loopback,
      httpsPort: port(gateway.hostPorts, "8443/tcp"),
      httpPort: port(gateway.hostPorts, "8080/tcp"),
      prometheusPort: port(prometheus.hostPorts, "9090/tcp"),
      alertmanagerPort: port(alertmanager.hostPorts, "9093/tcp"),
      grafanaPort: grafana === undefined ? null : port(grafana.hostPorts, "3000/tcp"),
    };
  }

  /** Certificate (PEM) of the run's own authority: the only one that clients trust. */
  authorityCertificate(): Promise<string> {
    return readFile(join(this.handle.installation, "ca.pem"), "utf8");
  }

  /** One of the run's secrets, such as `postgres_superuser_password`. */
  async secret(name: string): Promise<string> {
    return (await readFile(join(this.handle.installation, name), "utf8")).trim();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await removeRun(this.handle.runId);
  }
}

/** Keeps the settings of an installation by hand, in `stack/.env`, out of a run. */
export const ownEnvironmentOnly = { COMPOSE_DISABLE_ENV_FILE: "1" } as const;

/** Free ports in place of zeros, chosen here so that they stay when a container starts again. */
async function chosenPorts(ports: HostPorts): Promise<Record<string, string>> {
  const chosen: number[] = [];
  for (const port of Object.values(ports)) {
    chosen.push(port === 0 ? await freePort(loopback, chosen) : port);
  }
  return Object.fromEntries(
    Object.keys(ports).map((name, index) => [name, String(chosen[index])] as const),
  );
}

/** Variables of `compose.yaml` that one run has for itself, beside its ports. */
function runEnvironment(runId: string, owner: string, installation: string) {
  return {
    RUN_ID: runId,
    RUN_OWNER: owner,
    SECRETS_DIR: installation,
    SERVER_NAME: serverName,
    BIND_ADDRESS: loopback,
    ALERT_WEBHOOK_URL: `http://${alertReceiver.alias}:${alertReceiver.port}${alertReceiver.path}`,
    ...ownEnvironmentOnly,
  };
}

/** Those that a running stack was started with, beside its images. */
export async function runningEnvironment(
  stack: ProductionStack,
  owner: string,
): Promise<Record<string, string>> {
  const { httpsPort, httpPort, prometheusPort } = await stack.address();
  return {
    HTTPS_PORT: String(httpsPort),
    HTTP_PORT: String(httpPort),
    PROMETHEUS_PORT: String(prometheusPort),
    ...runEnvironment(stack.handle.runId, owner, stack.handle.installation),
  };
}

/**
 * Testcontainers takes the bridge gateway for the host where `/.dockerenv` exists; ports that are
 * published on loopback are then out of reach, and load would leave the loopback interface.
 */
async function pinHostToLoopback(): Promise<void> {
  await requireLocalEngine("starting a stack");
  process.env["TESTCONTAINERS_HOST_OVERRIDE"] = loopback;
}

function deadline(limitMs: number, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`waited ${limitMs} ms, the limit for the whole start`)),
      limitMs,
    );
    timer.unref();
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}

async function composeUp(
  projectName: string,
  environment: Record<string, string>,
  options: StartOptions,
): Promise<void> {
  process.env["TESTCONTAINERS_RYUK_DISABLED"] = String(!options.reaper);
  // Only who starts a stack pays for it: claims, which take the running one, are half of a second.
  const { DockerComposeEnvironment, Wait } = await import("testcontainers");
  const started = await new DockerComposeEnvironment(options.origin.sources, "compose.yaml")
    .withProjectName(projectName)
    .withEnvironment(environment)
    .withAutoCleanup(options.reaper && !options.keep)
    .withClientOptions({ commandOptions: ["--no-build", "--quiet-pull"] })
    .withWaitStrategy("migrate-1", Wait.forOneShotStartup())
    .withStartupTimeout(options.deadlineMs)
    .up();
  const host = started.getContainer("gateway-1").getHost();
  if (host !== loopback) {
    throw new StackStartError(
      `asked for the stack's host: saw ${host}, allowed ${loopback}; load must not leave this machine`,
    );
  }
}

/**
 * Starts the stack and waits until every container is healthy.
 *
 * @throws StackStartError naming the service, its last health output and its last log lines; by
 * then nothing of the run is left
 */
export async function startProductionStack(options: StartOptions): Promise<ProductionStack> {
  await pinHostToLoopback();
  const owner = options.keep ? keptOwner : ownerOfThisProcess();
  const installation = createInstallationDirectory(options.runId, owner);
  await writeInstallation(installation, options.origin.certificate);
  const projectName = `hyper-mission-${options.runId}`;
  const environment = {
    ...options.imageEnvironment,
    ...(await chosenPorts(options.ports)),
    ...runEnvironment(options.runId, owner, installation),
  };
  const stack = new ProductionStack({
    runId: options.runId,
    projectName,
    installation,
    sources: options.origin.sources,
    nodeImage: options.imageEnvironment["NODE_IMAGE"] ?? "",
  });
  const watch = new StartWatch(stack.control, options.onProgress);
  const up = composeUp(projectName, environment, options);
  try {
    await Promise.race([up, deadline(options.deadlineMs, options.signal)]);
    await stack.address();
    const { statements } = options.origin;
    if (statements.length > 0) {
      await runStatements((await stack.control.single("postgres")).id, statements);
    }
    return stack;
  } catch (error) {
    const explained = options.signal.aborted ? error : watch.explain(error);
    // Removal and Compose race when the deadline or a signal ended the start; the second removal
    // takes what Compose still created after the first.
    await removeRun(options.runId);
    await Promise.race([up.catch(() => undefined), new Promise((r) => setTimeout(r, 5_000))]);
    await removeRun(options.runId);
    throw explained;
  } finally {
    await watch.stop();
  }
}
