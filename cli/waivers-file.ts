import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { allObjectives } from "../reports/slo.ts";
import { dayOf, waiversFrom, WaiverError } from "../reports/waivers.ts";
import type { Waiver } from "../reports/waivers.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";

const ownFile = fileURLToPath(new URL("../reports/waivers.json", import.meta.url));

/**
 * The waivers that hold today.
 *
 * @throws CommandError when one is over or says what cannot be meant: nothing is decided by it
 */
export function readWaivers(path: string = ownFile, now: Date = new Date()): readonly Waiver[] {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    const known = allObjectives.map(({ id }) => id);
    return waiversFrom(path, value, known, dayOf(now.toISOString()));
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error);
    const message = error instanceof WaiverError ? seen : `reading ${path}: ${seen}`;
    throw new CommandError(message, exitCodes.usage, { cause: error });
  }
}
