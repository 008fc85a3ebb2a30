import { expect, test } from "vitest";
import { doubtAboutDelays, doubtAboutGenerator } from "./assumptions.ts";
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
  expect(doubtAboutDelays(healthy, 100)).toBeNull();
  expect(doubtAboutDelays({ ...healthy, sendLagP99Ms: 11 }, 100)).toMatch(/11 ms late/);
  expect(doubtAboutDelays({ ...healthy, eventLoopDelayP99Ms: 21 }, 100)).toMatch(/stood still/);
  expect(doubtAboutDelays({ ...healthy, sendLagP99Ms: 90 }, 1_000)).toBeNull();
});

test("a generator that did not send its plan is not believed in anything", () => {
  expect(doubtAboutGenerator(healthy)).toBeNull();
  expect(doubtAboutGenerator({ ...healthy, achievedRatePerSecond: 98 })).toMatch(/98.0/);
  expect(doubtAboutGenerator({ ...healthy, finished: false })).toMatch(/did not finish/);
});
