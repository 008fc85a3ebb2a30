import { randomBytes } from "node:crypto";

/** Sorts by time and is unique on a machine: `20260131-235959-a1b2`. */
export function newRunId(now = new Date()): string {
  const [day = "", time = ""] = now.toISOString().replaceAll(/[-:]/g, "").split("T");
  return `${day}-${time.slice(0, 6)}-${randomBytes(2).toString("hex")}`;
}
