/**
 * From sources to images, before any clock starts.
 *
 * Images of the components are tagged with a hash of all that goes into them, so that a warm start
 * builds nothing, and two runs at a time never hand each other another version.
 */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { docker, dockerLines } from "./engine.ts";
import { namesOfGiven, takeGivenImages, wordsOfGiven } from "./given-images.ts";
import type { GivenImages } from "./given-images.ts";
import {
  baseImages,
  chooseImageSource,
  ensureBaseImages,
  grafanaVariables,
  imageDigests,
} from "./images.ts";
import type { ImageDigest, ImageSource } from "./images.ts";
import type { StackOrigin } from "./origin.ts";
import { ownEnvironmentOnly } from "./production-stack.ts";

/** All that a start needs to know about images. */
export interface PreparedImages {
  readonly source: ImageSource;
  /** Variables of `compose.yaml`: base images and the build id. */
  readonly environment: Readonly<Record<string, string>>;
  /** Changes with any file or base image that production is made of. */
  readonly configurationHash: string;
  readonly images: readonly ImageDigest[];
}

/** What production is made of, below the folder of its sources. */
export const components = [
  "gateway",
  "client",
  "server",
  "database",
  "monitoring",
  "compose.yaml",
] as const;
const notShipped = new Set(["node_modules", "dist"]);

/** Whether a file or folder of this name belongs to what production is made of. */
export function isShipped(name: string): boolean {
  return !notShipped.has(name) && !name.includes(".test.");
}

function filesBelow(path: string): string[] {
  const entries = readdirSync(path, { withFileTypes: true, recursive: false });
  return entries.flatMap((entry) => {
    if (!isShipped(entry.name)) return [];
    const child = join(path, entry.name);
    return entry.isDirectory() ? filesBelow(child) : [child];
  });
}

/** Hash (hex, 12 digits) of every shipped file below a folder and of the given words. */
export function hashSources(directory: string, words: readonly string[]): string {
  const hash = createHash("sha256");
  const files = components.flatMap((name) =>
    name.includes(".") ? [join(directory, name)] : filesBelow(join(directory, name)),
  );
  for (const file of files.toSorted()) {
    hash.update(relative(directory, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  for (const word of words) hash.update(word).update("\0");
  return hash.digest("hex").slice(0, 12);
}

/** Image of every service, as Compose resolves it with these variables. */
async function imagesByService(
  compose: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const printed = await docker([...compose, "config", "--format", "json"], { environment });
  const { services } = JSON.parse(printed) as { services: Record<string, { image: string }> };
  return Object.fromEntries(Object.entries(services).map(([name, { image }]) => [name, image]));
}

async function areAllPresent(references: readonly string[]): Promise<boolean> {
  return docker(["image", "inspect", "--format", "{{.Id}}", ...references]).then(
    () => true,
    () => false,
  );
}

/** What the sources and the base images that are present make of the stack. */
async function describeImages(origin: StackOrigin, source: ImageSource, given: GivenImages = {}) {
  const bases = baseImages(source);
  const grafana = await grafanaVariables();
  const present = [...Object.values(bases), grafana["GRAFANA_IMAGE"] ?? []].flat();
  const baseIds = await docker(["image", "inspect", "--format", "{{.Id}}", ...present]);
  const words = Object.entries(origin.variables).map(([name, value]) => `${name}=${value}`);
  const configurationHash = hashSources(origin.sources, [
    baseIds,
    ...words.toSorted(),
    ...wordsOfGiven(given),
  ]);
  const environment = {
    ...bases,
    ...grafana,
    ...origin.variables,
    BUILD_ID: configurationHash,
    ...ownEnvironmentOnly,
  };
  const references = await imagesByService(composeOf(origin), environment);
  return { source, environment, configurationHash, references };
}

function composeOf({ sources }: StackOrigin): string[] {
  return ["compose", "--file", join(sources, "compose.yaml")];
}

/**
 * The images of a stack that was started before, if all are still what the sources say; `null` where
 * anything is missing. Neither asks a registry nor looks for newer packages.
 */
export async function keptImages(
  origin: StackOrigin,
  source: ImageSource,
): Promise<PreparedImages | null> {
  try {
    const { references, ...described } = await describeImages(origin, source);
    return { ...described, images: await imageDigests(references) };
  } catch {
    return null;
  }
}

/**
 * Provides every image of the stack: pulled or built from packages, then the components on top.
 *
 * @throws EngineError when a build fails, with the end of its output
 */
export async function prepareImages(options: {
  readonly origin: StackOrigin;
  /** Images that were built elsewhere, in place of those that would be built here. */
  readonly given?: GivenImages;
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}): Promise<PreparedImages> {
  const { origin, given = {}, log, signal } = options;
  const source = await chooseImageSource();
  await ensureBaseImages(source, { log, signal });
  const described = await describeImages(origin, source, given);
  const { references, ...prepared } = described;
  await buildMissing(origin, described, given, { log, signal });
  await takeGivenImages(given, references, { log, signal });
  const images = await imageDigests(references);
  const shown = namesOfGiven(given, references);
  return {
    ...prepared,
    // A given image is told by the name under which it was given, not by the one it runs under.
    images: images.map((image) => ({
      ...image,
      reference: shown.get(image.reference) ?? image.reference,
    })),
  };
}

async function buildMissing(
  origin: StackOrigin,
  { configurationHash, environment, references }: Awaited<ReturnType<typeof describeImages>>,
  given: GivenImages,
  { log, signal }: { readonly log: (line: string) => void; readonly signal: AbortSignal },
): Promise<void> {
  const taken = namesOfGiven(given, references);
  const own = Object.entries(references).filter(([, reference]) => !taken.has(reference));
  if (await areAllPresent(own.map(([, reference]) => reference))) return;
  log(`building the components, version ${configurationHash}`);
  const services = Object.keys(given).length === 0 ? [] : own.map(([service]) => service);
  const build = [...composeOf(origin), "build", ...services];
  await dockerLines(build, reportSteps(log), { environment, signal });
}

/** Of BuildKit's many lines only those that end a step that took a while. */
function reportSteps(log: (line: string) => void): (line: string) => void {
  return (line) => {
    const seconds = Number(/DONE (\d+\.\d)s/.exec(line)?.[1] ?? 0);
    if (seconds >= 5) log(`build step ${line.trim()}`);
  };
}

/** Removes the component images of one version, which no container runs any more. */
export async function removeComponentImages(configurationHash: string): Promise<void> {
  const filter = `reference=hyper-mission/*:${configurationHash}`;
  const listed = await docker(["image", "ls", "--filter", filter, "--format", "{{.Repository}}"]);
  const repositories = listed.split("\n").filter((line) => line !== "");
  if (repositories.length === 0) return;
  const references = repositories.map((repository) => `${repository}:${configurationHash}`);
  await docker(["image", "rm", "--force", ...references]);
}
