/** Who holds a port, so that a refusal can name it. */

import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";

const listening = "0A";

function inodesListeningOn(port: number): Set<string> {
  const inodes = new Set<string>();
  for (const table of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    let text = "";
    try {
      text = readFileSync(table, "utf8");
    } catch {
      continue;
    }
    for (const line of text.split("\n").slice(1)) {
      const fields = line.trim().split(/\s+/);
      const [, local = "", , state, , , , , , inode] = fields;
      const isOurs = Number.parseInt(local.split(":")[1] ?? "", 16) === port;
      if (isOurs && state === listening && inode !== undefined) inodes.add(inode);
    }
  }
  return inodes;
}

/** What a descriptor leads to; empty for one that was closed meanwhile. */
function targetOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function holds(processId: string, inodes: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${processId}/fd`).some((descriptor) => {
      const link = targetOf(`/proc/${processId}/fd/${descriptor}`);
      const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1];
      return inode !== undefined && inodes.has(inode);
    });
  } catch {
    // Processes of others cannot be looked into, and any process may end meanwhile.
    return false;
  }
}

/** Name and id of the process that listens on a port, as far as this user may know. */
export function holderOf(port: number): string {
  const inodes = inodesListeningOn(port);
  let processIds: string[] = [];
  try {
    processIds = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    // Without procfs the port is known to be taken, but not by whom.
  }
  const holder = processIds.find((processId) => holds(processId, inodes));
  if (holder === undefined) return "a process that this user may not see";
  const name = readFileSync(`/proc/${holder}/comm`, "utf8").trim();
  return `${name} (process ${holder})`;
}

/** Whether a port of an address can be bound; 0 always can. */
export function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
