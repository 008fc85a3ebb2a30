/**
 * Base images made of Debian packages, for machines that reach a Debian mirror but no registry.
 *
 * Each Debian release is bootstrapped once (mmdebstrap, docker import); each image is then built on
 * it from its Dockerfile in this folder. Both releases are worked on at once, as each keeps no more
 * than one core busy.
 */

import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { hashInputs } from "./inputs.ts";
import { inspectMachine, type Machine } from "./machine.ts";
import { runStep } from "./step.ts";

const folder = dirname(fileURLToPath(import.meta.url));
const inputsLabel = "dev.hyper-mission.inputs";

/** Name of an image's folder, and of what it holds. */
type AirgapFolder = "node" | "nginx" | "postgres" | "redis" | "prometheus" | "monitoring";

type Release = "bookworm" | "forky";

/** Which Debian release carries the version that production runs. */
const foldersOf: Readonly<Record<Release, readonly AirgapFolder[]>> = {
  bookworm: ["postgres", "node"],
  forky: ["nginx", "redis", "prometheus", "monitoring"],
};

export interface AirgapBuildOptions {
  /** Image name to give to what each folder builds. */
  readonly names: Readonly<Record<AirgapFolder, string>>;
  /** Called with one line for each image that was built. */
  readonly log: (line: string) => void;
  /** Stops the build; nothing but finished images stays behind. */
  readonly signal?: AbortSignal;
}

interface Build extends AirgapBuildOptions {
  readonly machine: Machine;
  readonly temporaryFolder: string;
}

interface Image {
  readonly name: string;
  readonly inputs: string;
}

interface ImageState {
  readonly id: string;
  readonly inputs: string;
  readonly megabytes: string;
}

/** Null where there is no such image. */
async function inspectImage(name: string): Promise<ImageState | null> {
  const format = `{{.Id}}\t{{index .Config.Labels "${inputsLabel}"}}\t{{.Size}}`;
  const args = ["image", "inspect", "--format", format, name];
  try {
    const line = await runStep(`inspecting ${name}`, "docker", args);
    const [id = "", inputs = "", bytes = ""] = line.split("\t");
    return { id, inputs, megabytes: (Number(bytes) / 1e6).toFixed(1) };
  } catch {
    return null;
  }
}

/** Makes the image unless it stands there, made from the same inputs. */
async function ensureImage(build: Build, image: Image, make: () => Promise<void>): Promise<void> {
  const before = await inspectImage(image.name);
  if (before?.inputs === image.inputs) return;
  const startedMs = performance.now();
  await make();
  const elapsedSeconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const after = await inspectImage(image.name);
  build.log(`built ${image.name}: ${after?.megabytes} MB in ${elapsedSeconds} s`);
  if (before === null || before.id === after?.id) return;
  // The replaced image has lost its name. A container may still use it; then it stays.
  await runStep("removing", "docker", ["image", "rm", before.id]).catch(() => undefined);
}

function bootstrapArguments(release: Release, machine: Machine, archive: string): string[] {
  const sources = [`deb ${machine.debianMirror} ${release} main`];
  // Forky is still moving: it takes its updates itself, and its release file may look expired.
  if (release === "bookworm" && machine.securityMirror !== "") {
    sources.push(`deb ${machine.securityMirror} ${release}-security main`);
  }
  return [
    "--variant=minbase",
    '--aptopt=Acquire::Check-Valid-Until "false"',
    '--aptopt=Acquire::Languages "none"',
    "--dpkgopt=force-unsafe-io",
    "--dpkgopt=path-exclude=/usr/share/doc/*",
    "--dpkgopt=path-exclude=/usr/share/locale/*",
    "--dpkgopt=path-exclude=/usr/share/man/*",
    release,
    archive,
    ...sources,
  ];
}

async function ensureDebian(build: Build, release: Release): Promise<Image> {
  const { machine, signal, temporaryFolder } = build;
  const environment = { TMPDIR: temporaryFolder };
  const archive = join(temporaryFolder, `${release}.tar`);
  const bootstrap = (to: string) => bootstrapArguments(release, machine, to);
  const name = `hyper-mission/airgap-debian:${release}`;
  const inputs = await hashInputs([], bootstrap(""));
  const changes = [`LABEL ${inputsLabel}=${inputs}`, "ENV DEBIAN_FRONTEND=noninteractive"];
  const settings = changes.flatMap((change) => ["--change", change]);
  await ensureImage(build, { name, inputs }, async () => {
    const options = { environment, signal };
    await runStep(`bootstrapping ${name}`, "mmdebstrap", bootstrap(archive), options);
    const args = ["import", ...settings, archive, name];
    await runStep(`importing ${name}`, "docker", args, { signal });
    await rm(archive);
  });
  return { name, inputs };
}

/** Node.js and npm are in no Debian release in the versions that production runs. */
function nodeArguments({ certificates, nodeFolder, nodeVersion, npmRegistry }: Machine): string[] {
  const contexts = [`node=${nodeFolder}`, `certificates=${dirname(certificates)}`];
  const values = [
    `CERTIFICATES=${basename(certificates)}`,
    `NODE_VERSION=${nodeVersion}`,
    `NPM_REGISTRY=${npmRegistry}`,
  ];
  return [
    ...contexts.flatMap((context) => ["--build-context", context]),
    ...values.flatMap((value) => ["--build-arg", value]),
  ];
}

async function ensureFolder(build: Build, part: AirgapFolder, debian: Image): Promise<void> {
  const { machine, names, signal } = build;
  const name = names[part];
  const paths = [join(folder, part), join(folder, "collect")];
  const values = [debian.inputs];
  if (part === "node") {
    paths.push(machine.certificates);
    values.push(machine.nodeVersion, machine.npmRegistry);
  }
  const inputs = await hashInputs(paths, values);
  const args = [
    "buildx",
    "build",
    "--progress=plain",
    "--load",
    `--tag=${name}`,
    `--label=${inputsLabel}=${inputs}`,
    `--build-arg=DEBIAN_IMAGE=${debian.name}`,
    ...(part === "node" ? nodeArguments(machine) : []),
    `--file=${join(folder, part, "Dockerfile")}`,
    folder,
  ];
  await ensureImage(build, { name, inputs }, async () => {
    await runStep(`building ${name}`, "docker", args, { signal });
  });
}

async function ensureRelease(build: Build, release: Release): Promise<void> {
  const debian = await ensureDebian(build, release);
  for (const part of foldersOf[release]) await ensureFolder(build, part, debian);
}

/**
 * Builds those base images whose inputs have changed since they were last built.
 *
 * @throws {AirgapBuildError} A step failed, took more than ten minutes or was cancelled.
 */
export async function buildAirgapImages(options: AirgapBuildOptions): Promise<void> {
  const temporaryFolder = await mkdtemp(join(tmpdir(), "hyper-mission-airgap-"));
  try {
    // apt gives up its privileges for downloads and must still be able to enter.
    await chmod(temporaryFolder, 0o711);
    const machine = await inspectMachine(options.signal);
    const build: Build = { ...options, machine, temporaryFolder };
    const results = await Promise.allSettled([
      ensureRelease(build, "bookworm"),
      ensureRelease(build, "forky"),
    ]);
    for (const result of results) if (result.status === "rejected") throw result.reason;
  } finally {
    await rm(temporaryFolder, { recursive: true, force: true });
  }
}
