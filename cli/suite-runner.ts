/** Runs one suite file after the other in this process, so that signals stay with the command line. */

import { fileURLToPath } from "node:url";
import { createVitest } from "vitest/node";
import type { TestModule, Vitest } from "vitest/node";
import type { RunContext } from "../fixtures/run-context.ts";
import type { ClaimState } from "../reports/records.ts";
import type { Cancellation } from "./signals.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

export interface ClaimOutcome {
  readonly state: ClaimState;
  readonly error: string | null;
}

interface SeenError {
  readonly name?: string | undefined;
  readonly message: string;
  readonly stack?: string | undefined;
}

const stateByError: Readonly<Record<string, ClaimState>> = {
  ObjectiveMissedError: "failed",
  InconclusiveError: "unknown",
};

/** Only the two errors of a judgement speak of the product; every other one speaks of the harness. */
export function stateOf(errors: readonly SeenError[]): ClaimState {
  const states = errors.map(({ name = "" }) => stateByError[name] ?? "broken");
  for (const state of ["failed", "broken", "unknown"] as const) {
    if (states.includes(state)) return state;
  }
  return "passed";
}

function describe({ name, message, stack }: SeenError): string {
  const isJudgement = name !== undefined && name in stateByError;
  return isJudgement ? message : `${name ?? "Error"}: ${message}\n${stack ?? ""}`.trim();
}

function outcomeOf(modules: readonly TestModule[], unhandled: readonly unknown[]): ClaimOutcome {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const errors: SeenError[] = [
    ...modules.flatMap((module) => module.errors()),
    ...tests.flatMap((each) => each.result().errors ?? []),
    ...unhandled.map((error) => ({
      name: "Error",
      message: error instanceof Error ? error.message : String(error),
    })),
  ];
  if (errors.length > 0) {
    return { state: stateOf(errors), error: errors.map(describe).join("\n") };
  }
  const passed = tests.filter((each) => each.result().state === "passed").length;
  if (passed > 0 && passed === tests.length) return { state: "passed", error: null };
  return { state: "unknown", error: `${passed} of ${tests.length} tests ran to their end` };
}

export class SuiteRunner implements AsyncDisposable {
  readonly #vitest: Vitest;
  readonly #cancellation: Cancellation;
  readonly #cancel: () => void;

  private constructor(vitest: Vitest, cancellation: Cancellation) {
    this.#vitest = vitest;
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
    return new SuiteRunner(vitest, cancellation);
  }

  /** Runs the one file of a claim against a stack; judges by errors, never by a count of passes. */
  async run(claim: string, context: RunContext): Promise<ClaimOutcome> {
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
    return outcomeOf(own, unhandledErrors);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#cancellation.signal.removeEventListener("abort", this.#cancel);
    await this.#vitest.close();
  }
}
