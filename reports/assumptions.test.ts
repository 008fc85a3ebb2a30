import { expect, test } from "vitest";
import { doubtAboutGenerator } from "./assumptions.ts";
import type { GeneratorHealth } from "./records.ts";

const healthy: GeneratorHealth = {
  scheduledCount: 1_000,
  plannedRatePerSecond: 100,
  achievedRatePerSecond: 100,
  sendLagP99Ms: 10,
  eventLoopDelayP99Ms: 20,
  finished: true,
};

test("delays are weighed against the latency limit that is judged", () => {
  expect(doubtAboutGenerator(healthy, 100)).toBeNull();
  expect(doubtAboutGenerator({ ...healthy, sendLagP99Ms: 11 }, 100)).toMatch(/11 ms late/);
  expect(doubtAboutGenerator({ ...healthy, eventLoopDelayP99Ms: 21 }, 100)).toMatch(/stood still/);
  expect(doubtAboutGenerator({ ...healthy, sendLagP99Ms: 90 }, 1_000)).toBeNull();
});

test("delays do not matter to counts, but missing requests do", () => {
  expect(doubtAboutGenerator({ ...healthy, sendLagP99Ms: 900 }, null)).toBeNull();
  expect(doubtAboutGenerator({ ...healthy, achievedRatePerSecond: 98 }, null)).toMatch(/98.0/);
  expect(doubtAboutGenerator({ ...healthy, finished: false }, null)).toMatch(/did not finish/);
});
