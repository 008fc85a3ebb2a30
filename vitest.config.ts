import { defineConfig } from "vitest/config";
import { claimMsMax } from "./cli/claim-time.ts";

/**
 * Two projects. `unit` needs no engine; `suites` is started by our own command line, which owns the
 * stack and the signals, and is sequential because two cores carry one load or one fault at a time.
 */
export default defineConfig({
  test: {
    allowOnly: false,
    retry: 0,
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{stack,fixtures,reports,cli}/**/*.test.{ts,tsx}"],
          exclude: ["**/node_modules/**", "reports/runs/**"],
          pool: "threads",
          // Pure functions and files of their own: a fresh thread for each file doubles the time.
          isolate: false,
          // Against endless ones; a busy machine takes several times as long as an idle one.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "suites",
          include: ["suites/**/*.test.ts"],
          pool: "threads",
          fileParallelism: false,
          // Node runs the files as they are: a claim that starts needs no transformation by Vite.
          experimental: { viteModuleRunner: false, nodeLoader: false },
          maxConcurrency: 1,
          testTimeout: claimMsMax,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
