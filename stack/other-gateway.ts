/**
 * Another gateway in front of a running stack, whose other containers stay as they are: a whole
 * start for every defect of the gateway alone would take five times as long.
 */

import { join } from "node:path";
import { hashSources } from "./build.ts";
import type { PreparedImages } from "./build.ts";
import { docker } from "./engine.ts";
import { imageDigests } from "./images.ts";
import type { StackOrigin } from "./origin.ts";
import { runningEnvironment } from "./production-stack.ts";
import type { ProductionStack } from "./production-stack.ts";

const buildMsMax = 120_000;
const healthySecondsMax = 30;

export interface OtherGateway {
  /** Only the gateway of it is built. */
  readonly origin: StackOrigin;
  /** What the running stack was started from. */
  readonly images: PreparedImages;
  readonly owner: string;
  readonly signal: AbortSignal;
}

/**
 * Builds the gateway of other sources and puts it in the place of the running one; returns when it is
 * healthy, with the images as they are now.
 *
 * @throws EngineError when it cannot be built or does not become healthy
 */
export async function replaceGateway(
  stack: ProductionStack,
  { origin, images, owner, signal }: OtherGateway,
): Promise<PreparedImages> {
  const configurationHash = hashSources(origin.sources, [images.configurationHash]);
  const environment = {
    ...images.environment,
    ...(await runningEnvironment(stack, owner)),
    BUILD_ID: configurationHash,
  };
  const compose = [
    "compose",
    "--project-name",
    stack.handle.projectName,
    "--file",
    join(origin.sources, "compose.yaml"),
  ];
  await docker([...compose, "build", "gateway"], { environment, signal, timeoutMs: buildMsMax });
  const up = ["up", "--detach", "--no-deps", "--no-build", "--force-recreate"];
  const wait = ["--wait", "--wait-timeout", String(healthySecondsMax)];
  await docker([...compose, ...up, ...wait, "gateway"], { environment, signal });
  const [gateway] = await imageDigests({ gateway: `hyper-mission/gateway:${configurationHash}` });
  const others = images.images.filter(({ service }) => service !== "gateway");
  return {
    ...images,
    environment,
    configurationHash,
    images: gateway === undefined ? others : [gateway, ...others],
  };
}
