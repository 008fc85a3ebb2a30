/**
 * Where base images come from, and what exactly was run.
 *
 * Official images where a registry answers, otherwise drop-ins made of Debian packages. The one
 * place where the pins of both stand.
 */

import { execFile } from "node:child_process";
import { buildAirgapImages } from "./airgap/airgap-images.ts";
import { docker } from "./engine.ts";

export type ImageSource = "registry" | "airgap";

/** Whether a text, such as the value of `IMAGES`, names a source. */
export function isImageSource(text: string): text is ImageSource {
  return text === "registry" || text === "airgap";
}

/** Environment variables by which the Compose file and the Dockerfiles take their base images. */
export type BaseImageVariable =
  | "NODE_IMAGE"
  | "NGINX_IMAGE"
  | "POSTGRES_IMAGE"
  | "REDIS_IMAGE"
  | "PROMETHEUS_IMAGE"
  | "ALERTMANAGER_IMAGE"
  | "POSTGRES_EXPORTER_IMAGE"
  | "REDIS_EXPORTER_IMAGE"
  | "NODE_EXPORTER_IMAGE"
  | "BLACKBOX_EXPORTER_IMAGE"
  | "NGINX_EXPORTER_IMAGE";

/** Holds Alertmanager and every exporter, so that there is one more image to make and not six. */
const airgapMonitoring = "hyper-mission/airgap-monitoring:1";

const images: Readonly<Record<ImageSource, Readonly<Record<BaseImageVariable, string>>>> = {
  registry: {
    NODE_IMAGE: "node:24.21.0-bookworm-slim",
    NGINX_IMAGE: "nginx:1.30.4-alpine-slim",
    POSTGRES_IMAGE: "postgres:15.20-bookworm",
    REDIS_IMAGE: "redis:8.0.6-alpine",
    PROMETHEUS_IMAGE: "prom/prometheus:v3.5.3",
    ALERTMANAGER_IMAGE: "prom/alertmanager:v0.33.1",
    POSTGRES_EXPORTER_IMAGE: "prometheuscommunity/postgres-exporter:v0.19.1",
    REDIS_EXPORTER_IMAGE: "oliver006/redis_exporter:v1.86.0",
    NODE_EXPORTER_IMAGE: "prom/node-exporter:v1.11.1",
    BLACKBOX_EXPORTER_IMAGE: "prom/blackbox-exporter:v0.28.0",
    NGINX_EXPORTER_IMAGE: "nginx/nginx-prometheus-exporter:1.5.1",
  },
  airgap: {
    NODE_IMAGE: "hyper-mission/airgap-node:24",
    NGINX_IMAGE: "hyper-mission/airgap-nginx:1.30",
    POSTGRES_IMAGE: "hyper-mission/airgap-postgres:15",
    REDIS_IMAGE: "hyper-mission/airgap-redis:8",
    PROMETHEUS_IMAGE: "hyper-mission/airgap-prometheus:3.5",
    ALERTMANAGER_IMAGE: airgapMonitoring,
    POSTGRES_EXPORTER_IMAGE: airgapMonitoring,
    REDIS_EXPORTER_IMAGE: airgapMonitoring,
    NODE_EXPORTER_IMAGE: airgapMonitoring,
    BLACKBOX_EXPORTER_IMAGE: airgapMonitoring,
    NGINX_EXPORTER_IMAGE: airgapMonitoring,
  },
};

/** No Debian release carries it, and nothing that keeps production running depends on it. */
const grafanaImage = "grafana/grafana:12.2.1";

/** Long enough for a token and a manifest from afar, short enough for a network that drops. */
const registryTimeLimitMs = 3_000;
const pullTimeLimitMs = 600_000;

/** `IMAGES` has a value that names no source. */
export class UnknownImageSourceError extends Error {
  override readonly name = "UnknownImageSourceError";
  readonly code = "IMAGE_SOURCE_UNKNOWN";
}

/** Neither a registry answers nor can this machine build from Debian packages. */
export class NoImageSourceError extends Error {
  override readonly name = "NoImageSourceError";
  readonly code = "IMAGE_SOURCE_MISSING";
}

/** What the choice of a source depends on. */
export interface ImageProbe {
  /** Whether the engine holds the image already. */
  readonly isPresent: (image: string) => Promise<boolean>;
  /** Whether a registry describes the image within the time limit. */
  readonly isPublished: (image: string) => Promise<boolean>;
  /** Whether Debian packages can be made into an image here. */
  readonly canBootstrap: () => Promise<boolean>;
}

/** Exit without an error within the limit; killed hard, as docker ignores SIGTERM here. */
function succeeds(command: string, args: readonly string[], timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { timeout: timeoutMs, killSignal: "SIGKILL" } as const;
    execFile(command, [...args], options, (error) => resolve(error === null));
  });
}

const machineProbe: ImageProbe = {
  isPresent: (image) => succeeds("docker", ["image", "inspect", image], 30_000),
  isPublished: (image) => succeeds("docker", ["manifest", "inspect", image], registryTimeLimitMs),
  canBootstrap: () => succeeds("mmdebstrap", ["--version"], 30_000),
};

/** Base image for each variable. */
export function baseImages(source: ImageSource): Readonly<Record<BaseImageVariable, string>> {
  return images[source];
}

/**
 * Variables of the Compose file that start Grafana, where its image is present: pulled, or loaded by
 * hand on a machine that reaches no registry. Empty elsewhere; the stack is whole without it.
 */
export async function grafanaVariables(
  probe: Pick<ImageProbe, "isPresent"> = machineProbe,
): Promise<Readonly<Record<string, string>>> {
  const present = await probe.isPresent(grafanaImage);
  return present ? { GRAFANA_IMAGE: grafanaImage, COMPOSE_PROFILES: "grafana" } : {};
}

async function findMissing(source: ImageSource, probe: ImageProbe): Promise<string[]> {
  const names = [...new Set(Object.values(images[source]))];
  const present = await Promise.all(names.map((name) => probe.isPresent(name)));
  return names.filter((_, index) => present[index] === false);
}

/**
 * Source of the base images: what `IMAGES` says, else official images where they are present or a
 * registry answers within three seconds, else drop-ins where they are present or can be built.
 *
 * @throws {UnknownImageSourceError} `IMAGES` is neither `registry` nor `airgap`.
 * @throws {NoImageSourceError} No source is left.
 */
export async function chooseImageSource({
  env = process.env,
  probe = machineProbe,
}: {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly probe?: ImageProbe;
} = {}): Promise<ImageSource> {
  const wanted = env["IMAGES"] ?? "";
  if (isImageSource(wanted)) return wanted;
  if (wanted !== "") {
    throw new UnknownImageSourceError(
      `reading IMAGES: seen "${wanted}", allowed "registry" or "airgap"; set one or unset it.`,
    );
  }
  const [missing] = await findMissing("registry", probe);
  if (missing === undefined || (await probe.isPublished(missing))) return "registry";
  if ((await findMissing("airgap", probe)).length === 0) return "airgap";
  if (await probe.canBootstrap()) return "airgap";
  throw new NoImageSourceError(
    `choosing base images: no registry described ${missing} within ${registryTimeLimitMs} ms and ` +
      "there is no mmdebstrap to build from Debian packages, one of both is needed; make a " +
      "registry reachable, or run ./setup on Debian 12 or newer.",
  );
}

async function pull(
  image: string,
  log: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const startedMs = performance.now();
  await docker(["pull", "--quiet", image], { timeoutMs: pullTimeLimitMs, signal });
  log(`pulled ${image} in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}

/** The one image that the stack can do without. */
async function pullGrafana(
  log: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await pull(grafanaImage, log, signal);
  } catch (error) {
    signal?.throwIfAborted();
    log(`going on without Grafana: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Pulls or builds the base images that are missing or, for drop-ins, out of date. Logs one line for
 * each image that it provided.
 *
 * @throws {EngineError} A pull failed or took more than ten minutes.
 * @throws {AirgapBuildError} A step of the air-gapped build failed.
 */
export async function ensureBaseImages(
  source: ImageSource,
  { log, signal }: { readonly log: (line: string) => void; readonly signal?: AbortSignal },
): Promise<void> {
  if (source === "registry") {
    const missing = await findMissing(source, machineProbe);
    await Promise.all(missing.map((image) => pull(image, log, signal)));
    if (!(await machineProbe.isPresent(grafanaImage))) await pullGrafana(log, signal);
    return;
  }
  const { NODE_IMAGE, NGINX_IMAGE, POSTGRES_IMAGE, REDIS_IMAGE, PROMETHEUS_IMAGE } = images.airgap;
  await buildAirgapImages({
    names: {
      node: NODE_IMAGE,
      nginx: NGINX_IMAGE,
      postgres: POSTGRES_IMAGE,
      redis: REDIS_IMAGE,
      prometheus: PROMETHEUS_IMAGE,
      monitoring: airgapMonitoring,
    },
    log,
    ...(signal === undefined ? {} : { signal }),
  });
}

/** One image as it was run. */
export interface ImageDigest {
  readonly service: string;
  readonly reference: string;
  /** `sha256:…` of the published manifest, or of the image itself where it was built here. */
  readonly digest: string;
  readonly bytes: number;
}

/**
 * Digest from one line of `docker image inspect`: id, size in bytes and published digests (JSON),
 * separated by tabs.
 *
 * @throws {TypeError} The line has another form.
 */
export function parseImageDigest(line: string): { digest: string; bytes: number } {
  const [id = "", size = "", published = ""] = line.trim().split("\t");
  const digests: unknown = published === "" ? null : JSON.parse(published);
  const first: unknown = Array.isArray(digests) ? digests[0] : undefined;
  const digest = typeof first === "string" ? (first.split("@")[1] ?? "") : id;
  const bytes = Number(size);
  if (!digest.startsWith("sha256:") || size === "" || !Number.isInteger(bytes)) {
    throw new TypeError(
      `reading an image digest: seen "${line.trim()}", allowed id, size and published digests.`,
    );
  }
  return { digest, bytes };
}

/**
 * What stands behind each service's image reference on this engine.
 *
 * @param references Image reference by service.
 * @throws {EngineError} An image is not present.
 */
export function imageDigests(references: Readonly<Record<string, string>>): Promise<ImageDigest[]> {
  const format = "{{.Id}}\t{{.Size}}\t{{json .RepoDigests}}";
  return Promise.all(
    Object.entries(references).map(async ([service, reference]) => {
      const line = await docker(["image", "inspect", "--format", format, reference]);
      return { service, reference, ...parseImageDigest(line) };
    }),
  );
}
