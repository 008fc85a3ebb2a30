import { expect, test } from "vitest";
import { doubtAboutDelays, doubtAboutFaults, doubtAboutGenerator } from "./assumptions.ts";
import { fault, generator, history, operations, replicaNames } from "./hand-made.ts";
import type { GeneratorHealth } from "./records.ts";

const healthy: GeneratorHealth = generator({
  scheduledCount: 1_000,
  sendLagP99Ms: 10,
  eventLoopDelayP99Ms: 20,
});

test("delays are weighed against the latency limit that is judged", () => {
  expect(doubtAboutDelays(healthy, 100)).toBeNull();
  expect(doubtAboutDelays({ ...healthy, sendLagP99Ms: 11 }, 100)).toMatch(/11 ms late/);
  expect(doubtAboutDelays({ ...healthy, eventLoopDelayP99Ms: 21 }, 100)).toMatch(/stood still/);
  expect(doubtAboutDelays({ ...healthy, sendLagP99Ms: 90 }, 1_000)).toBeNull();
});

test("a slow answer is in doubt where generator or machine were slow themselves", () => {
  const doubt = (changes: Partial<GeneratorHealth>) =>
    doubtAboutDelays({ ...healthy, ...changes }, 100);
  expect(doubt({ controlP95Ms: 21 })).toMatch(/does nothing answered after 21 ms/);
  expect(doubt({ controlP95Ms: null })).toMatch(/nobody asked/);
  expect(doubt({ processorShare: 0.6 })).toMatch(/generator was busy for 60/);
  expect(doubt({ pressureShare: 0.96 })).toMatch(/waited for a processor for 96/);
  expect(doubt({ stolenShare: 0.21 })).toMatch(/others had the processors for 21/);
  expect(doubt({ pressureShare: null, stolenShare: null, idleShare: null })).toBeNull();
});

test("a generator that did not send its plan is not believed in anything", () => {
  expect(doubtAboutGenerator(healthy)).toBeNull();
  expect(doubtAboutGenerator({ ...healthy, achievedRatePerSecond: 98 })).toMatch(/98.0/);
  expect(doubtAboutGenerator({ ...healthy, finished: false })).toMatch(/did not finish/);
  expect(doubtAboutGenerator({ ...healthy, sendLagP99Ms: 401 })).toMatch(/was starved/);
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

test("a stack that crawls before the fault shows nothing of the fault", () => {
  const doubt = (latencyMs: number, outcome: "ok" | "failed" = "ok") => {
    const seen = operations(1, 10, (index) => ({
      intendedAtMs: index,
      endedAtMs: index + latencyMs,
      outcome,
      replica: null,
    }));
    return doubtAboutFaults(history({ operations: seen, faults: [fault({})] }));
  };

  expect(doubt(400)).toBeNull();
  expect(doubt(401)).toMatch(/no steady state before: half .* longer than 401 ms, allowed/);
  expect(doubt(401, "failed"), "refusals are no pace").toBeNull();
});
