/** From what a stack is built and started. */

import { fileURLToPath } from "node:url";
import { docker } from "./engine.ts";
import type { InstallationOptions } from "./secrets.ts";

export interface StackOrigin {
  /** Folder of the sources: `stack/`, or a copy of it with a defect. */
  readonly sources: string;
  /** Variables of `compose.yaml` that differ from production. */
  readonly variables: Readonly<Record<string, string>>;
  /** SQL that the superuser runs in the database `missions` once the stack is up. */
  readonly statements: readonly string[];
  /** What the certificate is asked for with, where that differs from production. */
  readonly certificate: InstallationOptions;
  /** Whether its images are of no use to any later run. */
  readonly throwAway: boolean;
}

/** What ships. */
export const production: StackOrigin = {
  sources: fileURLToPath(new URL(".", import.meta.url)),
  variables: {},
  statements: [],
  certificate: {},
  throwAway: false,
};

/** Runs statements one by one, each in a transaction of its own. @throws EngineError when one fails */
export async function runStatements(
  postgresContainer: string,
  statements: readonly string[],
): Promise<void> {
  const psql = ["psql", "--no-psqlrc", "--quiet", "--username=postgres", "--dbname=missions"];
  for (const statement of statements) {
    const command = [...psql, "--set=ON_ERROR_STOP=1", "--command", statement];
    await docker(["exec", postgresContainer, ...command], { timeoutMs: 20_000 });
  }
}
