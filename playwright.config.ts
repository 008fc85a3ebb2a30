import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

/**
 * Browser claims are started by our own command line, which owns the stack, the signals and the
 * record, and names the files of the reporters. One at a time, and never again after a failure.
 */
export default defineConfig({
  testDir: ".",
  testMatch: "suites/**/*.spec.ts",
  outputDir: join(tmpdir(), "hyper-mission-playwright"),
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 110_000,
  globalTimeout: 120_000,
  reporter: [
    ["json"],
    [
      "allure-playwright",
      {
        resultsDir: process.env["HYPER_MISSION_ALLURE_RESULTS"] ?? "reports/runs/allure-results",
        // The form that the results of the other runner have, from which the claim is read.
        useLegacyFullName: true,
        // Which calls the browser got is of no interest to readers, and the claim names its suite.
        detail: false,
        suiteTitle: false,
      },
    ],
  ],
});
