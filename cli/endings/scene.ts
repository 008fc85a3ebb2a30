/** A copy of the checkout for one ending: whatever happens in it, the checkout stays as it is. */

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { applyEdit } from "../../stack/mutated-sources.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const copied = [
  "cli",
  "fixtures",
  "reports",
  "stack",
  "suites",
  "package.json",
  "tsconfig.json",
  "vitest.config.ts",
  "playwright.config.ts",
];
/** Dependencies, what was generated, and secrets of an installation by hand. */
const notCopied = new Set(["node_modules", "dist", "runs", "secrets", ".env"]);

/** Until it is disposed, a checkout of its own with an environment of its own. */
export class Scene implements AsyncDisposable {
  readonly directory: string;
  readonly environment: Record<string, string> = {};
  /** What has to be undone before the folder goes. */
  readonly cleanUp = new AsyncDisposableStack();

  constructor() {
    this.directory = mkdtempSync(join(tmpdir(), "hyper-mission-ending-"));
    for (const name of copied) {
      cpSync(join(root, name), join(this.directory, name), {
        recursive: true,
        filter: (path) => !notCopied.has(basename(path)),
      });
    }
    symlinkSync(join(root, "node_modules"), join(this.directory, "node_modules"));
    mkdirSync(this.runsDirectory);
  }

  get runsDirectory(): string {
    return join(this.directory, "reports", "runs");
  }

  /** Replaces text that stands in a file exactly once. */
  edit(file: string, find: string, replace: string): void {
    const path = join(this.directory, file);
    writeFileSync(path, applyEdit(readFileSync(path, "utf8"), { file, find, replace }));
  }

  /** Writes a whole file in place of one that is there. */
  replace(file: string, content: string): void {
    const path = join(this.directory, file);
    if (!existsSync(path)) throw new Error(`replacing ${file}: there is none in ${this.directory}`);
    writeFileSync(path, content);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cleanUp.disposeAsync();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
