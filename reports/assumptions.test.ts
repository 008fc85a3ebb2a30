import { expect, test } from "vitest";
import { doubtAboutDelays, doubtAboutFaults, doubtAboutGenerator } from "./assumptions.ts";
import { fault, history, operations, replicaNames } from "./hand-made.ts";
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

test("a victim that answers while it must be silent was not hit, one that is only slow was", () => {
  const seen = operations(1, 10, () => ({ intendedAtMs: 6_000, replica: replicaNames[0] }));
  const doubt = (changes: Parameters<typeof fault>[0]) =>
    doubtAboutFaults(history({ operations: seen, faults: [fault(changes)] }));

  expect(doubt({})).toMatch(/server-1 answered request-0 1.01 s after it/);
  expect(doubt({ silences: false })).toBeNull();
  expect(doubt({ replica: replicaNames[1] })).toBeNull();
  expect(doubt({ recoveredAtMs: 6_009 })).toBeNull();
  expect(doubt({ effectiveAtMs: 6_002 })).toBeNull();
});
