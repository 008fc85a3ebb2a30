/**
 * Images that were built elsewhere and are to be released: they run in place of those that would be
 * built here, so that what is judged is what ships.
 */

import { docker } from "./engine.ts";

/** Services whose images the project makes; Alertmanager's is that of the exporters too. */
const givenServices = [
  "gateway",
  "client",
  "server",
  "migrate",
  "prometheus",
  "alertmanager",
] as const;
type GivenService = (typeof givenServices)[number];

/** References by service. */
export type GivenImages = Readonly<Partial<Record<GivenService, string>>>;

const pullMsMax = 600_000;

/** What is written as `--images` cannot be meant. */
export class GivenImagesError extends Error {
  override readonly name = "GivenImagesError";
}

function isGivenService(name: string): name is GivenService {
  return givenServices.some((service) => service === name);
}

/**
 * References as they are typed: `server=registry.example/server@sha256:…,client=…`.
 *
 * @throws GivenImagesError for another form, a service that has no image of its own, or one twice
 */
export function givenImagesFrom(text: string): GivenImages {
  const pairs = text.split(",").map((part) => {
    const [service = "", ...rest] = part.trim().split("=");
    const reference = rest.join("=");
    if (!isGivenService(service) || !/^[\w][\w.\-/:@]*$/.test(reference)) {
      throw new GivenImagesError(
        `reading --images: seen "${part.trim()}", allowed is registry, airgap, or ` +
          `service=reference, with ${givenServices.join(", ")} as services`,
      );
    }
    return [service, reference] as const;
  });
  const twice = pairs.find(
    ([service], index) => pairs.findIndex(([one]) => one === service) < index,
  );
  if (twice !== undefined) {
    throw new GivenImagesError(`reading --images: ${twice[0]} is given twice, allowed is once`);
  }
  return Object.fromEntries(pairs);
}

/** The words by which given images become part of the hash of a configuration. */
export function wordsOfGiven(given: GivenImages): readonly string[] {
  return Object.entries(given).map(([service, reference]) => `given ${service}=${reference}`);
}

/**
 * Given references by the name under which the stack looks for the image, which several services may
 * share.
 *
 * @param names by service, as the Compose file resolves them
 */
export function namesOfGiven(
  given: GivenImages,
  names: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(given).flatMap(([service, reference]) => {
      const name = names[service];
      return name === undefined ? [] : [[name, reference] as const];
    }),
  );
}

/**
 * Pulls what is not here and gives each image the name under which the stack looks for it.
 *
 * @param names by service, as the Compose file resolves them
 * @throws EngineError when an image can neither be found nor pulled
 */
export async function takeGivenImages(
  given: GivenImages,
  names: Readonly<Record<string, string>>,
  options: { readonly log: (line: string) => void; readonly signal: AbortSignal },
): Promise<void> {
  for (const [service, reference] of Object.entries(given)) {
    const name = names[service];
    if (name === undefined) {
      throw new GivenImagesError(`taking the image of ${service}: the stack has no such service`);
    }
    const isHere = await docker(["image", "inspect", "--format", "{{.Id}}", reference]).then(
      () => true,
      () => false,
    );
    if (!isHere) {
      options.log(`pulling ${reference}`);
      await docker(["pull", "--quiet", reference], {
        timeoutMs: pullMsMax,
        signal: options.signal,
      });
    }
    await docker(["tag", reference, name]);
    options.log(`${service} is ${reference}`);
  }
}
