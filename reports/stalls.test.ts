import { expect, test } from "vitest";
import { generator, history, operations } from "./hand-made.ts";
import { doubtAboutFailures, doubtAboutSlow } from "./stalls.ts";

const limitMs = 1_000;

/** 400 requests, 10 ms apart, of which one in the middle is answered after 1.1 s. */
function oneSlow(sentLateMs: number, reusedSocket = true, idleShare: number | null = 0.5) {
  const rows = operations(400, 10, (sequence) => {
    const intendedAtMs = sequence * 10;
    const isStalled = Math.abs(sequence - 200) < 20;
    return {
      reusedSocket,
      sentAtMs: intendedAtMs + (isStalled ? sentLateMs : 1),
      endedAtMs: intendedAtMs + (sequence === 200 ? 1_100 : 300),
    };
  });
  const seen = history({
    operations: rows,
    generator: generator({ scheduledCount: 400, idleShare }),
  });
  return doubtAboutSlow(
    seen,
    rows.filter(({ sequence }) => sequence === 200),
    limitMs,
  );
}

test("a slow answer among requests that were sent in time is the stack's", () => {
  expect(oneSlow(2)).toBeNull();
});

test("a slow answer while the machine stood still may be the machine's", () => {
  expect(oneSlow(60)).toMatch(/stood still around every slow answer.*60/);
});

test("late sending on new connections is no stall: the gateway may be what makes them late", () => {
  expect(oneSlow(60, false)).toBeNull();
});

test("a stall explains no more than a few times its own length", () => {
  const rows = operations(700, 10, (sequence) => ({
    sentAtMs: sequence * 10 + 60,
    endedAtMs: sequence * 10 + (sequence < 200 ? 2_000 : 70),
  }));
  const seen = history({ operations: rows, generator: generator({ scheduledCount: 700 }) });

  expect(doubtAboutSlow(seen, rows.slice(0, 200), limitMs)).toBeNull();
});

test("a slow answer on a machine without a processor to spare may be the machine's", () => {
  expect(oneSlow(2, true, 0.19)).toMatch(/idle for 19.* at least 20/);
  expect(oneSlow(2, true, 0.2)).toBeNull();
});

test("a machine that keeps no such count is no reason for doubt", () => {
  expect(oneSlow(2, true, null)).toBeNull();
});

test("failures by time may be the machine's, others and none at all never are", () => {
  const starved = { generator: generator({ idleShare: 0.01 }) };
  const failed = (changes: Parameters<typeof operations>[2]) => operations(2, 10, changes);
  const late = failed((sequence) => ({
    failureClass: sequence === 0 ? "timeout" : "status",
    status: sequence === 0 ? null : 504,
  }));
  const wrong = failed(() => ({ failureClass: "wrong-body", status: 503 }));

  expect(doubtAboutFailures(starved, late)).toMatch(/at least 2.* lay failures by time/);
  expect(doubtAboutFailures(starved, wrong)).toBeNull();
  expect(doubtAboutFailures(starved, [...late, ...wrong])).toBeNull();
  expect(doubtAboutFailures(starved, [])).toBeNull();
  expect(doubtAboutFailures({ generator: generator({ idleShare: null }) }, late)).toBeNull();
});
