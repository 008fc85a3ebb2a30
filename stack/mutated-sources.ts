/** Makes the sources of a mutant: a copy of what ships, with the edits of its overlay. */

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, normalize, sep } from "node:path";
import { components, isShipped } from "./build.ts";
import { createInstallationDirectory } from "./installation.ts";
import type { Edit, Overlay } from "./mutants/mutant.ts";
import { production } from "./origin.ts";
import type { StackOrigin } from "./origin.ts";
import { ownerOfThisProcess } from "./owner.ts";
import type { InstallationOptions } from "./secrets.ts";

/** An overlay does not fit the sources as they are today. */
export class OverlayError extends Error {
  override readonly name = "OverlayError";
  readonly code = "OVERLAY";
}

/** What production is made of, and the scripts that its operators run. */
const parts = [...components, "scripts"];

/**
 * The text with the edit made.
 *
 * @throws OverlayError when the text to find is not there exactly once, or would stay as it is
 */
export function applyEdit(text: string, { file, find, replace }: Edit): string {
  const found = find === "" ? 0 : text.split(find).length - 1;
  if (found !== 1) {
    throw new OverlayError(
      `edit ${file}: saw "${find}" ${found} times, allowed once; adapt the mutant to the sources`,
    );
  }
  if (find === replace) {
    throw new OverlayError(`edit ${file}: replaces "${find}" by itself, allowed is another text`);
  }
  // A function, because a string would give `$&` and its like a meaning.
  return text.replace(find, () => replace);
}

/** @throws OverlayError when the file is none that ships */
function requireShipped(file: string): void {
  const names = normalize(file).split(sep);
  if (parts.includes(names[0] ?? "") && names.every((name) => isShipped(name))) return;
  throw new OverlayError(
    `edit ${file}: it does not ship, allowed are files below ${parts.join(", ")} of stack/`,
  );
}

/** Makes all edits, in order, on the sources in a folder. @throws OverlayError when one does not fit */
export function applyEdits(directory: string, edits: readonly Edit[]): void {
  for (const edit of edits) {
    requireShipped(edit.file);
    const path = join(directory, edit.file);
    writeFileSync(path, applyEdit(readFileSync(path, "utf8"), edit));
  }
}

const dayMs = 24 * 60 * 60_000;

function certificateOf({ certificate = {} }: Overlay): InstallationOptions {
  const { ageDays, ...request } = certificate;
  return ageDays === undefined
    ? request
    : { ...request, now: new Date(Date.now() - ageDays * dayMs) };
}

/** Copies what ships, and nothing else, from one folder to another. */
export function copyShipped(from: string, to: string): void {
  for (const part of parts) {
    mkdirSync(dirname(join(to, part)), { recursive: true });
    cpSync(join(from, part), join(to, part), {
      recursive: true,
      filter: (path) => isShipped(basename(path)),
    });
  }
}

/**
 * The sources of one mutant on disk, until disposed.
 *
 * They stand beside the secrets of the runs, with an owner, so that the next start removes what a
 * killed process left.
 */
export class MutatedSources implements Disposable {
  readonly origin: StackOrigin;
  readonly #directory: string | null;

  private constructor(origin: StackOrigin, directory: string | null) {
    this.origin = origin;
    this.#directory = directory;
  }

  /**
   * @param name of the folder; one that no run has
   * @throws OverlayError when an edit does not fit
   */
  static create(name: string, overlay: Overlay): MutatedSources {
    const { edits = [], sql = [], variables = {} } = overlay;
    const differences = { statements: sql, variables, certificate: certificateOf(overlay) };
    if (edits.length === 0) {
      const throwAway = Object.keys(variables).length > 0;
      return new MutatedSources({ ...production, ...differences, throwAway }, null);
    }
    const sources = createInstallationDirectory(name, ownerOfThisProcess());
    const made = new MutatedSources({ sources, ...differences, throwAway: true }, sources);
    try {
      copyShipped(production.sources, sources);
      applyEdits(sources, edits);
      return made;
    } catch (error) {
      made[Symbol.dispose]();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    if (this.#directory !== null) rmSync(this.#directory, { recursive: true, force: true });
  }
}
