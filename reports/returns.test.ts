import { expect, test } from "vitest";
import { fault, history, operations, replicaNames } from "./hand-made.ts";
import { returnsOf, wholeAfterMs } from "./returns.ts";

test("service is back with the last bad answer, capacity with the last replica", () => {
  const seen = operations(3_000, 10, (sequence) => ({
    ...(sequence >= 500 && sequence < 1_200
      ? { replica: replicaNames[1 + (sequence % 2)] ?? null }
      : {}),
    ...(sequence >= 500 && sequence < 580 ? { outcome: "failed" as const } : {}),
  }));

  const [found] = returnsOf(history({ operations: seen, faults: [fault()] }));

  expect(found?.serviceAfterMs).toBe(810);
  expect(found?.capacityAfterMs).toBeGreaterThanOrEqual(7_000);
  expect(found?.capacityAfterMs).toBeLessThan(7_100);
  expect(found === undefined ? null : wholeAfterMs(found)).toBe(found?.capacityAfterMs);
});

test("what was never good again was not seen back", () => {
  const seen = operations(3_000, 10, (sequence) =>
    sequence >= 500 && sequence % 50 === 0 ? { outcome: "failed" as const } : {},
  );

  const [found] = returnsOf(history({ operations: seen, faults: [fault()] }));

  expect(found?.serviceAfterMs).toBeNull();
  expect(found === undefined ? 0 : wholeAfterMs(found)).toBeNull();
});

test("answers that name nobody say nothing about capacity", () => {
  const seen = operations(3_000, 10, () => ({ replica: null }));

  const [found] = returnsOf(history({ operations: seen, faults: [fault()] }));

  expect(found).toMatchObject({ serviceAfterMs: 0, capacityAfterMs: null });
});

test("capacity is counted from the harm where no replica was touched, else from the proof", () => {
  const all = { operations: operations(3_000, 10), faults: [fault({ replica: null })] };
  const moment = { id: "x", hostName: replicaNames[0], restartCount: 0, oomKilled: false };
  const life = {
    name: "server-1",
    service: "server",
    before: { ...moment, startedAt: "1" },
    after: { ...moment, startedAt: "2" },
  };

  expect(returnsOf(history(all))[0]?.capacityAfterMs).toBe(20);
  expect(returnsOf(history({ ...all, containers: [life] }))[0]?.capacityAfterMs).toBe(120);
});

test("a stall in which nobody answers is over with the first answer, though none failed", () => {
  const stalled = operations(3_000, 10, (sequence) =>
    sequence >= 500 && sequence < 640 ? { endedAtMs: 6_400 + sequence / 1_000 } : {},
  );
  const slow = operations(3_000, 10, (sequence) =>
    sequence >= 500 && sequence < 540 ? { endedAtMs: 5_400 + sequence / 1_000 } : {},
  );
  const seen = { faults: [fault({ replica: null })] };

  expect(returnsOf(history({ ...seen, operations: stalled }))[0]?.serviceAfterMs).toBeCloseTo(
    1_400.5,
  );
  expect(returnsOf(history({ ...seen, operations: slow }))[0]?.serviceAfterMs).toBe(0);
});
