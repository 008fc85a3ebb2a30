/**
 * Runs one suite file after the other in this process, so that signals stay with the command line;
 * browser claims have a runner, and a process, of their own.
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createVitest } from "vitest/node";
import type { TestModule, Vitest } from "vitest/node";
import type { RunContext } from "../fixtures/run-context.ts";
import { runBrowserClaim, specOf } from "./browser-runner.ts";
import { outcomeOf } from "./claim-outcome.ts";
import type { ClaimOutcome, SeenError } from "./claim-outcome.ts";
import type { Cancellation } from "./signals.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

function outcomeOfModules(
  modules: readonly TestModule[],
  unhandled: readonly unknown[],
): ClaimOutcome {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const errors: SeenError[] = [
    ...modules.flatMap((module) => module.errors()),
    ...tests.flatMap((each) => each.result().errors ?? []),
    ...unhandled.map((error) => ({
      name: "Error",
      message: error instanceof Error ? error.message : String(error),
    })),
  ];
  const passed = tests.filter((each) => each.result().state === "passed").length;
  return outcomeOf(errors, passed, tests.length);
}

export class SuiteRunner implements AsyncDisposable {
  readonly #vitest: Vitest;
  readonly #resultsDirectory: string;
  readonly #cancellation: Cancellation;
  readonly #cancel: () => void;

  private constructor(vitest: Vitest, resultsDirectory: string, cancellation: Cancellation) {
    this.#vitest = vitest;
    this.#resultsDirectory = resultsDirectory;
    this.#cancellation = cancellation;
    this.#cancel = () => void vitest.cancelCurrentRun("keyboard-input");
    cancellation.signal.addEventListener("abort", this.#cancel, { once: true });
  }

  /** @param resultsDirectory where Allure's results go, written after every claim */
  static async open(resultsDirectory: string, cancellation: Cancellation): Promise<SuiteRunner> {
    const vitest = await createVitest("test", {
      root,
      config: fileURLToPath(new URL("../vitest.config.ts", import.meta.url)),
      project: ["suites"],
      watch: false,
      reporters: [
        [
          "allure-vitest/reporter",
          { resultsDir: resultsDirectory, reportMatchers: false },
        ] as unknown as string,
      ],
    });
    await vitest.standalone();
    // Vitest ends its process on a signal, without any clean-up, if it is left in charge.
    cancellation.reclaim();
    return new SuiteRunner(vitest, resultsDirectory, cancellation);
  }

  /** Runs the one file of a claim against a stack; judges by errors, never by a count of passes. */
  async run(claim: string, context: RunContext): Promise<ClaimOutcome> {
    if (existsSync(join(root, specOf(claim)))) {
      const { signal } = this.#cancellation;
      return runBrowserClaim(claim, context, this.#resultsDirectory, signal);
    }
    for (const project of this.#vitest.projects) project.provide("runContext", context);
    const file = `suites/${claim}.test.ts`;
    const specifications = await this.#vitest.globTestSpecifications([file]);
    const [specification] = specifications;
    if (specification === undefined || specifications.length > 1) {
      return {
        state: "broken",
        error: `looked for ${file}: saw ${specifications.length} files, allowed 1`,
      };
    }
    const { testModules, unhandledErrors } =
      await this.#vitest.runTestSpecifications(specifications);
    // Vitest returns the modules of the earlier runs as well.
    const own = testModules.filter(({ moduleId }) => moduleId === specification.moduleId);
    this.#cancellation.reclaim();
    if (this.#cancellation.signal.aborted) return { state: "unknown", error: "cancelled" };
    return outcomeOfModules(own, unhandledErrors);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancellation.signal.removeEventListener("abort", this.#cancel);
    await this.#vitest.close();
  }
}
