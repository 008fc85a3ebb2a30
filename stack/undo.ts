/**
 * What faults did to the stack, as data on disk before any harm is done.
 *
 * A fault undoes itself. Where its process was killed first, whoever comes next finds here what is
 * left to be undone, and does it without knowing the fault.
 */

import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ContainerSpecification } from "./container-control.ts";
import { clearFirewall } from "./firewall.ts";
import { detachLoopVolume } from "./loop-volume.ts";
import type { ProductionStack } from "./production-stack.ts";
import { ensureRunning } from "./restore.ts";
import { putLeafInPlace } from "./secrets.ts";
import { removeStrangers } from "./strangers.ts";

/** One change with a way back; every one can be undone twice without harm. */
export type Undo =
  /** Unpause it, start it. */
  | { readonly kind: "run"; readonly container: string }
  /** Give it its processors back. */
  | { readonly kind: "processors"; readonly container: string; readonly nanoProcessors: number }
  /** Remove the packet filter rules of the run from its network. */
  | { readonly kind: "firewall"; readonly container: string }
  /** Put the first certificate back in place and let the gateway read it. */
  | { readonly kind: "certificate"; readonly container: string }
  /** Make it anew where it was removed, or was left without one of its networks. */
  | { readonly kind: "container"; readonly specification: ContainerSpecification }
  /** Remove whoever stands on an address that was a replica's. */
  | { readonly kind: "strangers" }
  /** Let Postgres go on with its data from before they were on a file system of their own. */
  | { readonly kind: "storage" };

const listEnding = ".json";

function directoryOf(stack: ProductionStack): string {
  return join(stack.handle.installation, "undo");
}

/** @returns what was found and done, in words */
async function perform(stack: ProductionStack, undo: Undo): Promise<string> {
  const { control } = stack;
  switch (undo.kind) {
    case "run": {
      const { name } = await control.inspect(undo.container);
      return (await ensureRunning(control, undo.container)) ?? `${name} ran already`;
    }
    case "processors":
      await control.setProcessors(undo.container, undo.nanoProcessors);
      return "gave a container its processors back";
    case "firewall":
      await clearFirewall({ control, runId: stack.handle.runId }, undo.container);
      return "cleared the packet filter";
    case "certificate":
      await putLeafInPlace(stack.handle.installation, "first");
      await control.reloadGateway(undo.container);
      return "put the first certificate back in place";
    case "container": {
      const { name } = undo.specification;
      return (await control.ensureMade(undo.specification))
        ? `made ${name} anew`
        : `${name} is there already`;
    }
    case "strangers":
      await removeStrangers(stack.handle);
      return "removed the strangers";
    case "storage":
      await detachLoopVolume(stack);
      return "gave Postgres its own storage back";
    default:
      return undo satisfies never;
  }
}

/** A list of things to undo that outlives its process, from the first harm to the proof of healing. */
export class UndoJournal {
  readonly #stack: ProductionStack;
  readonly #undos: readonly Undo[];
  readonly #file: string;

  private constructor(stack: ProductionStack, undos: readonly Undo[], file: string) {
    this.#stack = stack;
    this.#undos = undos;
    this.#file = file;
  }

  /** Writes down what will have to be undone. */
  static open(stack: ProductionStack, undos: readonly Undo[]): UndoJournal {
    const directory = directoryOf(stack);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const file = join(directory, `${randomUUID()}${listEnding}`);
    // A list that its process was killed over before the harm is none, and must not look like one.
    writeFileSync(`${file}.new`, JSON.stringify(undos), { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return new UndoJournal(stack, undos, file);
  }

  /** Undoes everything, the last change first; callable twice. */
  async undo(): Promise<void> {
    for (const undo of this.#undos.toReversed()) await perform(this.#stack, undo);
  }

  /** Forgets the list, once it is proved that nothing of it is left. */
  close(): void {
    rmSync(this.#file, { force: true });
  }
}

/**
 * Undoes what processes that are gone wrote down.
 *
 * @returns what was found and done, in words
 * @throws Error when some of it could not be undone; everything else was, and the rest stays on record
 */
export async function undoLeftovers(stack: ProductionStack): Promise<string[]> {
  const directory = directoryOf(stack);
  const done: string[] = [];
  const failures: string[] = [];
  const lists = listed(directory).map((name) => {
    const file = join(directory, name);
    return { file, undos: JSON.parse(readFileSync(file, "utf8")) as readonly Undo[] };
  });
  // The data come first: nothing starts on a file system that has lost its power.
  const first = ({ undos }: { undos: readonly Undo[] }) =>
    undos.some(({ kind }) => kind === "storage") ? 0 : 1;
  const present = new Set((await stack.control.list()).map(({ id }) => id));
  for (const { file, undos } of lists.toSorted((a, b) => first(a) - first(b))) {
    const failuresBefore = failures.length;
    for (const undo of undos.toReversed()) {
      // What happened to a container ended with it; whether one is missing is for others to see.
      if ("container" in undo && !present.has(undo.container)) continue;
      // Where the whole stack is gone, one container of it is no repair.
      if (undo.kind === "container" && present.size === 0) continue;
      try {
        done.push(await perform(stack, undo));
      } catch (error) {
        failures.push(`${undo.kind}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    if (failures.length === failuresBefore) rmSync(file);
  }
  if (failures.length === 0) return done;
  throw new Error(
    `undoing what a killed run did to ${stack.handle.projectName}: ${failures.join("; ")}; remove the stack with \`npm run down\``,
  );
}

function listed(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => name.endsWith(listEnding));
  } catch {
    return [];
  }
}
