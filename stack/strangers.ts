/**
 * Containers that are no part of the system and stand where a part of it stood: on the address that
 * a replica had. They refuse connections until they are told to speak, and then answer everything.
 */

import { docker } from "./engine.ts";
import { labels } from "./labels.ts";
import { ownerOfThisProcess } from "./owner.ts";
import type { ProductionStack, StackHandle } from "./production-stack.ts";

/** A stranger and the address on the network of the API that the engine gave it. */
export interface Stranger {
  readonly id: string;
  readonly address: string;
}

/** The engine did not give away the addresses that it was asked to. */
class StrangerError extends Error {
  readonly code = "STRANGER";
}

const roleLabel = `${labels.role}=stranger`;
const speakSignal = "SIGUSR2";
/** The engine gives away the lowest free address, so that gaps below the wanted ones come first. */
const strangersMax = 16;

const stranger = `
  const server = require("node:http").createServer((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": "application/json" }).end('{"service":"stranger"}');
  });
  process.on("${speakSignal}", () => server.listening || server.listen(3000));
  process.on("SIGTERM", () => process.exit());
  setInterval(() => undefined, 60_000);
`;

const limited = ["--memory", "128m", "--pids-limit", "32", "--read-only"];
const unprivileged = ["--user", "1000:1000", "--cap-drop", "ALL"];
const ofNoGain = ["--security-opt", "no-new-privileges"];

async function create({ runId, projectName, nodeImage }: StackHandle): Promise<string> {
  const marks = [`${labels.run}=${runId}`, `${labels.owner}=${ownerOfThisProcess()}`, roleLabel];
  const marked = marks.flatMap((mark) => ["--label", mark]);
  const network = ["--network", networkOf({ projectName })];
  const options = [...network, ...limited, ...unprivileged, ...ofNoGain];
  const command = [nodeImage, "node", "-e", stranger];
  return (await docker(["create", ...marked, ...options, ...command])).trim();
}

function networkOf({ projectName }: Pick<StackHandle, "projectName">): string {
  return `${projectName}_app`;
}

/** The engine gives a container its address when it starts. */
async function start(handle: StackHandle, id: string): Promise<Stranger> {
  await docker(["start", id]);
  const address = `{{(index .NetworkSettings.Networks "${networkOf(handle)}").IPAddress}}`;
  return { id, address: (await docker(["inspect", "--format", address, id])).trim() };
}

/** Who stands on a wanted address, who does not, and which addresses are left. */
export function placed(strangers: readonly Stranger[], wanted: readonly string[]) {
  const isPlaced = ({ address }: Stranger) => wanted.includes(address);
  return {
    placed: strangers.filter(isPlaced),
    surplus: strangers.filter((one) => !isPlaced(one)),
    left: wanted.filter((address) => !strangers.some((one) => one.address === address)),
  };
}

/** Makes strangers that stand nowhere yet, so that they are there as soon as an address is free. */
export async function prepareStrangers(
  { handle }: Pick<ProductionStack, "handle">,
  count: number,
): Promise<readonly string[]> {
  return await Promise.all(Array.from({ length: count }, () => create(handle)));
}

/**
 * Lets strangers stand on free addresses of the network of the API.
 *
 * @param prepared ids of strangers that stand nowhere yet; more are made where gaps need them
 * @returns one for each address; whoever got another one is gone again
 * @throws StrangerError when the engine gives the addresses to none of as many as are allowed
 */
export async function takeAddresses(
  { handle }: Pick<ProductionStack, "handle">,
  prepared: readonly string[],
  wanted: readonly string[],
): Promise<readonly Stranger[]> {
  const strangers = await Promise.all(prepared.map((id) => start(handle, id)));
  while (placed(strangers, wanted).left.length > 0) {
    if (strangers.length >= strangersMax) {
      throw new StrangerError(
        `let strangers take ${wanted.join(" and ")}: the engine gave them ${strangers.map(({ address }) => address).join(", ")}, allowed are ${strangersMax}; start the stack anew`,
      );
    }
    strangers.push(await start(handle, await create(handle)));
  }
  const { placed: kept, surplus } = placed(strangers, wanted);
  await remove(surplus.map(({ id }) => id));
  return kept;
}

/** From now on they answer on the port of the API, everything and in the same way. */
export async function letSpeak(
  { control }: Pick<ProductionStack, "control">,
  strangers: readonly Stranger[],
): Promise<void> {
  for (const { id } of strangers) await control.kill(id, speakSignal);
}

/** Ids of all strangers of a run. */
export async function listStrangers({ runId }: Pick<StackHandle, "runId">): Promise<string[]> {
  const filters = [`label=${labels.run}=${runId}`, `label=${roleLabel}`];
  const marked = filters.flatMap((filter) => ["--filter", filter]);
  const printed = await docker(["ps", "--all", "--quiet", "--no-trunc", ...marked]);
  return printed.split("\n").filter((line) => line !== "");
}

async function remove(ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await docker(["rm", "--force", ...ids]);
}

/** Removes all strangers of a run; callable twice. */
export async function removeStrangers(handle: Pick<StackHandle, "runId">): Promise<void> {
  await remove(await listStrangers(handle));
}
