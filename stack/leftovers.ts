/**
 * What runs leave in the engine: found by label, counted for the report, removed by whoever is next.
 */

import { rm } from "node:fs/promises";
import { docker } from "./engine.ts";
import { installationDirectory, listInstallations } from "./installation.ts";
import { labels } from "./labels.ts";
import { hasLoopImage, releaseLoopImage } from "./loop-image.ts";
import { isOwnerAlive } from "./owner.ts";

export interface Resource {
  readonly kind: "container" | "network" | "volume";
  readonly id: string;
  readonly name: string;
  readonly runId: string;
  readonly owner: string;
}

const listings = [
  ["container", ["ps", "--all", "--no-trunc"], "{{.ID}}\t{{.Names}}"],
  ["network", ["network", "ls", "--no-trunc"], "{{.ID}}\t{{.Name}}"],
  ["volume", ["volume", "ls"], "{{.Name}}\t{{.Name}}"],
] as const;

/** Every labelled container, network and volume, of one run or of all. */
export async function listResources(runId?: string): Promise<Resource[]> {
  const filter = runId === undefined ? labels.run : `${labels.run}=${runId}`;
  const found = await Promise.all(
    listings.map(async ([kind, command, columns]) => {
      const format = `${columns}\t{{.Label "${labels.run}"}}\t{{.Label "${labels.owner}"}}`;
      const printed = await docker([...command, "--filter", `label=${filter}`, "--format", format]);
      return printed
        .split("\n")
        .filter((line) => line !== "")
        .map((line): Resource => {
          const [id = "", name = "", run = "", owner = ""] = line.split("\t");
          return { kind, id, name, runId: run, owner };
        });
    }),
  );
  return found.flat();
}

function idsOf(resources: readonly Resource[], kind: Resource["kind"]): string[] {
  return resources.filter((resource) => resource.kind === kind).map(({ id }) => id);
}

// A container that is being removed by somebody else makes the engine answer with an error, and the
// census that follows is what decides, so the answers of the removals themselves do not.
async function removeContainers(resources: readonly Resource[]): Promise<void> {
  const containers = idsOf(resources, "container");
  if (containers.length > 0) {
    await docker(["rm", "--force", "--volumes", ...containers]).catch(() => "");
  }
}

async function remove(resources: readonly Resource[]): Promise<void> {
  const networks = idsOf(resources, "network");
  const volumes = idsOf(resources, "volume");
  await removeContainers(resources);
  if (networks.length > 0) await docker(["network", "rm", ...networks]).catch(() => "");
  if (volumes.length > 0) await docker(["volume", "rm", "--force", ...volumes]).catch(() => "");
}

/**
 * Removes all that one run has in the engine, and its secrets on disk.
 *
 * Callable twice, and while the stack is still starting: it repeats until a census finds nothing.
 *
 * @returns names of what could not be removed within eight rounds; empty when all is gone
 */
export async function removeRun(runId: string): Promise<string[]> {
  let left = await listResources(runId);
  const installation = installationDirectory(runId);
  // What is mounted over a volume would be removed in its place, and the volume itself could not.
  if (hasLoopImage(installation)) {
    await removeContainers(left);
    await releaseLoopImage(installation);
  }
  for (let round = 0; left.length > 0 && round < 8; round += 1) {
    await remove(left);
    left = await listResources(runId);
  }
  await rm(installation, { recursive: true, force: true });
  return left.map(({ kind, name }) => `${kind} ${name}`);
}

/**
 * Removes what dead processes left: whole runs, and single containers that a dead command added to a
 * kept stack, which stays.
 *
 * @returns ids of the runs that something was removed from
 */
export async function removeDeadRuns(): Promise<string[]> {
  const resources = await listResources();
  const installations = listInstallations();
  const owned = [...resources, ...installations].filter(({ owner }) => owner !== "");
  const alive = new Set(owned.filter(({ owner }) => isOwnerAlive(owner)).map(({ runId }) => runId));
  const dead = owned.filter(({ owner }) => !isOwnerAlive(owner)).map(({ runId }) => runId);
  for (const runId of new Set(dead)) {
    if (!alive.has(runId)) await removeRun(runId);
    else
      await remove(resources.filter((each) => each.runId === runId && !isOwnerAlive(each.owner)));
  }
  return [...new Set(dead)];
}
