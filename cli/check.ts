/** Format, lint, types, dead code, unit tests: all without an engine. */

import { spawn } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { print } from "./console.ts";

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const rooms = ["cli", "fixtures", "reports", "stack", "suites"];
const binaries = fileURLToPath(new URL("../node_modules/.bin/", import.meta.url));

const checks: readonly Check[] = [
  { name: "format", command: ["oxfmt", "--check", "."] },
  { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings", ...rooms] },
  { name: "types", command: ["tsc", "--noEmit"] },
  { name: "types of the server", command: ["tsc", "--noEmit", "--project", "stack/server"] },
  { name: "types of the client", command: ["tsc", "--noEmit", "--project", "stack/client"] },
  { name: "dead code", command: ["knip", "--treat-config-hints-as-errors"] },
  { name: "unit tests", command: ["vitest", "run", "--project", "unit", "--reporter", "dot"] },
];

export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
}

function runCheck({ name, command }: Check): Promise<CheckResult> {
  const [program, ...args] = command;
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const child = spawn(`${binaries}${program}`, args, {
      cwd: fileURLToPath(new URL("../", import.meta.url)),
      stdio: ["ignore", "pipe", "pipe"],
      // The project's own Node, whatever the machine's is, for all that a check starts.
      env: { ...process.env, PATH: `${binaries}${delimiter}${process.env["PATH"] ?? ""}` },
      timeout: 120_000,
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const finish = (passed: boolean, why: string) => {
      const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
      print(`${passed ? "passed" : "FAILED"}  ${name}  ${seconds} s`);
      if (!passed) print(`${output.trim()}\n${why}`);
      resolve({ name, passed });
    };
    child.once("error", (error) => finish(false, error.message));
    child.once("close", (exitCode) => finish(exitCode === 0, `exit code ${exitCode}`));
  });
}

/** Runs all checks, two at a time; a failed one hides none of the others. */
export async function runChecks(): Promise<CheckResult[]> {
  const waiting = [...checks];
  const results: CheckResult[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results.push(await runCheck(next));
    }
  };
  await Promise.all([lane(), lane()]);
  return results;
}
