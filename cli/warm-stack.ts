/** The stack that `up` keeps for the suites that follow, and what is known of it. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { ImageSource } from "../stack/images.ts";
import { removeRun } from "../stack/leftovers.ts";
import type { StackHandle } from "../stack/production-stack.ts";

const noteFile = fileURLToPath(new URL("../.hyper-mission/warm-stack.json", import.meta.url));

export interface WarmStack {
  readonly handle: StackHandle;
  readonly configurationHash: string;
  readonly imageSource: ImageSource;
  readonly startedAt: string;
}

/** Writes down a stack that has just started, so that the next command finds it. */
export function noteWarmStack(
  { handle }: { readonly handle: StackHandle },
  images: { readonly configurationHash: string; readonly source: ImageSource },
): void {
  const stack: WarmStack = {
    handle,
    configurationHash: images.configurationHash,
    imageSource: images.source,
    startedAt: new Date().toISOString(),
  };
  mkdirSync(dirname(noteFile), { recursive: true });
  writeFileSync(noteFile, `${JSON.stringify(stack, null, 2)}\n`);
}

/** What `up` wrote down; `null` when there is nothing, or nothing that can be read. */
export function readWarmStack(): WarmStack | null {
  try {
    return JSON.parse(readFileSync(noteFile, "utf8")) as WarmStack;
  } catch {
    return null;
  }
}

/** The stack that this checkout keeps; one that another checkout keeps is not touched. */
export async function removeKept(): Promise<string[]> {
  const kept = readWarmStack();
  if (kept === null) return [];
  await removeRun(kept.handle.runId);
  forgetWarmStack();
  return [kept.handle.runId];
}

export function forgetWarmStack(): void {
  rmSync(noteFile, { force: true });
}
