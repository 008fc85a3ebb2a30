import { defineConfig } from "vitest/config";

/** What Stryker runs for every change that it makes to the judges: the tests about judging alone. */
export default defineConfig({
  test: {
    include: ["reports/oracles/*.test.ts", "reports/verdict*.test.ts"],
    pool: "threads",
    isolate: false,
  },
});
