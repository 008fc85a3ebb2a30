/** Brings every container of a run back to work after a claim that could not undo its own fault. */

import type { ContainerControl, ContainerState } from "./container-control.ts";
import { replicaCount } from "./production-stack.ts";

/** Containers that are meant to end, or that no service of the composition is. */
const oneShotServices = new Set(["migrate", ""]);

/** Whether a container of this service is no part of the steady state. */
export function isOneShot(service: string): boolean {
  return oneShotServices.has(service);
}

/** Whether a container does its part of the steady state. */
export function isAtWork({ running, paused, health }: ContainerState): boolean {
  return running && !paused && health === "healthy";
}

/**
 * Unpauses a container and starts it, whichever it needs.
 *
 * @returns what had to be done, in words; `null` where it was at work already
 */
export async function ensureRunning(control: ContainerControl, id: string): Promise<string | null> {
  const { name, paused, running } = await control.inspect(id);
  if (running && !paused) return null;
  try {
    if (paused) await control.unpause(id);
    else await control.start(id);
  } catch (error) {
    // The process that did the harm may undo it at the same moment.
    const now = await control.inspect(id);
    if (!now.running || now.paused) throw error;
  }
  return `${paused ? "unpaused" : "started"} ${name}`;
}

/** Unpauses what is paused and starts what has stopped. @returns what had to be done, in words */
export async function restoreContainers(control: ContainerControl): Promise<string[]> {
  const done: string[] = [];
  for (const { id, service } of await control.list()) {
    if (isOneShot(service)) continue;
    const what = await ensureRunning(control, id);
    if (what !== null) done.push(what);
  }
  return done;
}

/** Services that a whole stack has, and how many containers of each. */
const wholeStack = {
  gateway: 1,
  client: 1,
  server: replicaCount,
  postgres: 1,
  redis: 1,
  prometheus: 1,
  alertmanager: 1,
  "gateway-exporter": 1,
  "certificate-exporter": 1,
  "postgres-exporter": 1,
  "redis-exporter": 1,
  "node-exporter": 1,
} as const;

/** Services of which containers are gone: nothing brings those back but a new start. */
export async function missingServices(control: ContainerControl): Promise<string[]> {
  const present = await control.list();
  return Object.entries(wholeStack)
    .filter(([service, count]) => {
      return present.filter((state) => state.service === service).length < count;
    })
    .map(([service]) => service);
}

/** Whether the stack is fit for a next claim: nothing is gone, and everything is at work. */
export async function isWhole(control: ContainerControl): Promise<boolean> {
  if ((await missingServices(control)).length > 0) return false;
  return (await control.list()).every((state) => isOneShot(state.service) || isAtWork(state));
}
