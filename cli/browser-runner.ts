/** Runs one browser claim in a process of its own; no browser and no profile outlives it. */

import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { browserRunVariable } from "../fixtures/browser-run.ts";
import type { BrowserRun } from "../fixtures/browser-run.ts";
import type { RunContext } from "../fixtures/run-context.ts";
import {
  createBrowserDirectory,
  removeBrowserDirectory,
  removeDeadBrowserDirectories,
} from "./browser-directory.ts";
import { outcomeOfReport } from "./browser-report.ts";
import type { PlaywrightEnding } from "./browser-report.ts";
import type { ClaimOutcome } from "./claim-outcome.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
/** Longer than the limits of the configuration, which end a claim with better words. */
const endMsMax = 150_000;
/** How long Playwright may take to end its browsers when it is asked to. */
const graceMs = 3_000;
const outputLengthMax = 4_000;

/** Path of a browser claim's file, below the top. */
export function specOf(claim: string): string {
  return `suites/${claim}.spec.ts`;
}

interface Files {
  readonly context: string;
  readonly report: string;
  readonly output: string;
}

function environmentOf(
  directory: string,
  { context, report }: Files,
  resultsDirectory: string,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    // Profiles of browsers go where temporary files go.
    TMPDIR: directory,
    FORCE_COLOR: "0",
    PWTEST_CACHE_DIR: join(root, "node_modules/.cache/playwright-transform"),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    HYPER_MISSION_ALLURE_RESULTS: resultsDirectory,
    [browserRunVariable]: context,
  };
}

/** Asks the whole group to end, and ends it. */
function endGroup(groupId: number | undefined): void {
  if (groupId === undefined) return;
  const signalGroup = (name: NodeJS.Signals) => {
    try {
      process.kill(-groupId, name);
    } catch {
      // Ended meanwhile.
    }
  };
  signalGroup("SIGTERM");
  setTimeout(() => signalGroup("SIGKILL"), graceMs).unref();
}

function play(
  file: string,
  { output: outputDirectory }: Files,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Omit<PlaywrightEnding, "report">> {
  return new Promise((resolve) => {
    const args = [
      fileURLToPath(import.meta.resolve("@playwright/test/cli")),
      "test",
      `--config=${join(root, "playwright.config.ts")}`,
      `--output=${outputDirectory}`,
      // Playwright takes the name of a file for a pattern of its path.
      `/${file.replaceAll(".", "\\.")}$`,
    ];
    // A group of its own, so that a signal of the terminal does not reach it before us.
    const stdio = ["ignore", "pipe", "pipe"] as const;
    const child = spawn(process.execPath, args, {
      cwd: root,
      env,
      stdio: [...stdio],
      detached: true,
    });
    let output = "";
    const keep = (chunk: Buffer) => {
      output = `${output}${chunk.toString()}`.slice(-outputLengthMax);
    };
    const endChild = () => endGroup(child.pid);
    const timer = setTimeout(() => {
      output += `\nnot finished after ${endMsMax} ms`;
      endChild();
    }, endMsMax);
    const finish = (exitCode: number | null) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", endChild);
      resolve({ exitCode, output });
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => {
      output += error.message;
      finish(null);
    });
    child.once("close", finish);
    signal.addEventListener("abort", endChild, { once: true });
    if (signal.aborted) endChild();
  });
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/**
 * Runs the one file of a browser claim against a stack.
 *
 * @param resultsDirectory where Allure's results go
 * @throws WaitError when a process of the claim cannot be ended
 */
export async function runBrowserClaim(
  claim: string,
  context: RunContext,
  resultsDirectory: string,
  signal: AbortSignal,
): Promise<ClaimOutcome> {
  await removeDeadBrowserDirectories();
  const directory = createBrowserDirectory();
  try {
    const files: Files = {
      context: join(directory, "run.json"),
      report: join(directory, "report.json"),
      output: join(directory, "output"),
    };
    const run: BrowserRun = { ...context, claim, directory };
    writeFileSync(files.context, JSON.stringify(run));
    const environment = environmentOf(directory, files, resultsDirectory);
    const ending = await play(specOf(claim), files, environment, signal);
    if (signal.aborted) return { state: "unknown", error: "cancelled" };
    return outcomeOfReport({ ...ending, report: readOrNull(files.report) }, specOf(claim));
  } finally {
    await removeBrowserDirectory(directory);
  }
}
