/**
 * Who a run belongs to, so that the next start can tell a live run from what a killed one left.
 *
 * A process id alone is not enough: ids are used again, and after a reboot all of them are.
 */

import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** A kept stack belongs to nobody's life time: `down` removes it, nothing else does. */
export const keptOwner = "kept";

function startTimeOf(processId: number): string | null {
  try {
    // Field 22 of proc(5) stat is the start time; the name in field 2 may hold spaces.
    const stat = readFileSync(`/proc/${processId}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Label value that names this process: host, process id and, where the system tells, start time. */
export function ownerOfThisProcess(): string {
  return [hostname(), process.pid, startTimeOf(process.pid) ?? "unknown"].join("/");
}

/** Whether the owner in a label is still at work; an unknown host's run is left alone. */
export function isOwnerAlive(owner: string): boolean {
  if (owner === keptOwner) return true;
  const [host, processId, startTime] = owner.split("/");
  if (host !== hostname()) return true;
  const id = Number(processId);
  if (!Number.isInteger(id) || id <= 0 || !isRunning(id)) return false;
  const seen = startTimeOf(id);
  return seen === null || startTime === "unknown" || seen === startTime;
}
