/** The suite's own sources as a copy on disk, sound or damaged, and the door to its modules. */

import {
  cpSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { applyEdit } from "../../stack/mutated-sources.ts";
import type { Edit } from "../../stack/mutants/mutant.ts";

/** The modules that checks reach into; everything that they import is the copy's own as well. */
interface Modules {
  readonly "cli/claim-outcome.ts": typeof import("../claim-outcome.ts");
  readonly "cli/trust-guard.ts": typeof import("../trust-guard.ts");
  readonly "fixtures/faults/fault.ts": typeof import("../../fixtures/faults/fault.ts");
  readonly "fixtures/faults/kill-replica.ts": typeof import("../../fixtures/faults/kill-replica.ts");
  readonly "fixtures/judge.ts": typeof import("../../fixtures/judge.ts");
  readonly "fixtures/probes/database.ts": typeof import("../../fixtures/probes/database.ts");
  readonly "fixtures/recorder.ts": typeof import("../../fixtures/recorder.ts");
  readonly "fixtures/traffic/generator.ts": typeof import("../../fixtures/traffic/generator.ts");
  readonly "fixtures/wait.ts": typeof import("../../fixtures/wait.ts");
  readonly "reports/oracles/alerting.ts": typeof import("../../reports/oracles/alerting.ts");
  readonly "reports/oracles/availability.ts": typeof import("../../reports/oracles/availability.ts");
  readonly "reports/oracles/balance.ts": typeof import("../../reports/oracles/balance.ts");
  readonly "reports/oracles/capacity.ts": typeof import("../../reports/oracles/capacity.ts");
  readonly "reports/oracles/conduct.ts": typeof import("../../reports/oracles/conduct.ts");
  readonly "reports/oracles/counters.ts": typeof import("../../reports/oracles/counters.ts");
  readonly "reports/oracles/duplicates.ts": typeof import("../../reports/oracles/duplicates.ts");
  readonly "reports/oracles/durability.ts": typeof import("../../reports/oracles/durability.ts");
  readonly "reports/oracles/error-free.ts": typeof import("../../reports/oracles/error-free.ts");
  readonly "reports/oracles/facts.ts": typeof import("../../reports/oracles/facts.ts");
  readonly "reports/oracles/freshness.ts": typeof import("../../reports/oracles/freshness.ts");
  readonly "reports/oracles/handshake.ts": typeof import("../../reports/oracles/handshake.ts");
  readonly "reports/oracles/migration.ts": typeof import("../../reports/oracles/migration.ts");
  readonly "reports/oracles/neighbours.ts": typeof import("../../reports/oracles/neighbours.ts");
  readonly "reports/oracles/panels.ts": typeof import("../../reports/oracles/panels.ts");
  readonly "reports/oracles/quiet.ts": typeof import("../../reports/oracles/quiet.ts");
  readonly "reports/oracles/ratio.ts": typeof import("../../reports/oracles/ratio.ts");
  readonly "reports/oracles/recovery.ts": typeof import("../../reports/oracles/recovery.ts");
  readonly "reports/oracles/rotation.ts": typeof import("../../reports/oracles/rotation.ts");
  readonly "reports/oracles/security-headers.ts": typeof import("../../reports/oracles/security-headers.ts");
  readonly "reports/oracles/shedding.ts": typeof import("../../reports/oracles/shedding.ts");
  readonly "reports/oracles/side-effects.ts": typeof import("../../reports/oracles/side-effects.ts");
  readonly "reports/oracles/slow-share.ts": typeof import("../../reports/oracles/slow-share.ts");
  readonly "reports/oracles/targets.ts": typeof import("../../reports/oracles/targets.ts");
  readonly "reports/survival.ts": typeof import("../../reports/survival.ts");
  readonly "reports/verdict.ts": typeof import("../../reports/verdict.ts");
}

const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

/** What the suite consists of; its tests judge nothing, and what ships has mutants of its own. */
const suiteFiles = [
  "{cli,fixtures,reports,suites}/**/*.ts",
  "stack/*.ts",
  "stack/mutants/**/*.ts",
  "*.{ts,json}",
];

function isPart(file: string): boolean {
  return (
    !file.startsWith("reports/runs/") &&
    (!file.endsWith(".test.ts") || file.startsWith("suites/")) &&
    file !== "package-lock.json"
  );
}

/**
 * Edits as their files would be after them.
 *
 * @throws OverlayError when one does not fit
 */
export function editedFiles(edits: readonly Edit[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const edit of edits) {
    const text = texts.get(edit.file) ?? readFileSync(join(projectRoot, edit.file), "utf8");
    texts.set(edit.file, applyEdit(text, edit));
  }
  return texts;
}

export class SuiteSources implements Disposable {
  /** Where the copy stands. */
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** @throws OverlayError when an edit does not fit */
  static create(edits: readonly Edit[]): SuiteSources {
    const texts = editedFiles(edits);
    const sources = new SuiteSources(mkdtempSync(join(tmpdir(), "hyper-mission-canary-")));
    for (const pattern of suiteFiles) {
      for (const file of globSync(pattern, { cwd: projectRoot }).filter(isPart)) {
        cpSync(join(projectRoot, file), join(sources.root, file));
      }
    }
    symlinkSync(join(projectRoot, "node_modules"), join(sources.root, "node_modules"));
    for (const [file, text] of texts) writeFileSync(join(sources.root, file), text);
    return sources;
  }

  /** A module of the copy; one that an edit broke throws here, which is no way to be noticed. */
  async load<Path extends keyof Modules>(path: Path): Promise<Modules[Path]> {
    return await import(pathToFileURL(join(this.root, path)).href);
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
