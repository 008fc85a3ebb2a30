/**
 * Format, lint, types, dead code, unit tests, all without an engine; and the rules of the monitoring,
 * which need one.
 */

import { spawn } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { print } from "./console.ts";
import { exitCodes } from "./exit-codes.ts";

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

/** Seconds on a machine of one's own, minutes on one that others keep busy. */
const checkMsMax = 300_000;
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
  { name: "rules of the monitoring", command: ["node", "cli/check-rules.ts"] },
];

type CheckState = "passed" | "FAILED" | "not run";

export interface CheckResult {
  readonly name: string;
  readonly state: CheckState;
}

/** What an exit code says of a check. */
function stateOf(exitCode: number | null): CheckState {
  if (exitCode === exitCodes.missingDependency) return "not run";
  return exitCode === 0 ? "passed" : "FAILED";
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
      timeout: checkMsMax,
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const finish = (state: CheckState, why: string) => {
      const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
      print(`${state}  ${name}  ${seconds} s`);
      if (state !== "passed") print(`${output.trim()}\n${why}`);
      resolve({ name, state });
    };
    child.once("error", (error) => finish("FAILED", error.message));
    child.once("close", (exitCode) => finish(stateOf(exitCode), `exit code ${exitCode}`));
  });
}

/**
 * Runs checks, two at a time; a failed one hides none of the others.
 *
 * @param only names of those to run; all without it
 */
export async function runChecks(only?: readonly string[]): Promise<CheckResult[]> {
  const waiting = checks.filter(({ name }) => only?.includes(name) ?? true);
  const results: CheckResult[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results.push(await runCheck(next));
    }
  };
  await Promise.all([lane(), lane()]);
  return results;
}
