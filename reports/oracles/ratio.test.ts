import { expect, test } from "vitest";
import { generator, history, operations, unmetBefore } from "../hand-made.ts";
import type { History, Operation } from "../records.ts";
import type { RatioObjective } from "../slo.ts";
import { told } from "../told.ts";
import { ratio } from "./ratio.ts";

const objective: RatioObjective = {
  id: "X.ratio",
  promise: "X",
  title: "a page takes at most three times as long as the control",
  limit: "3 times",
  reason: "for the test",
  label: "page",
  control: "control",
  ratioMax: 3,
  sampleSizeMin: 200,
};

function judged(
  factor: number,
  bend: (sequence: number) => Partial<Operation> = () => ({}),
  changes: Partial<History> = {},
  count = 2_000,
) {
  const seen = operations(count, 10, (sequence) => {
    const isControl = sequence % 2 === 0;
    const sentAtMs = sequence * 10;
    const noise = 1 + (sequence % 7) / 10;
    return {
      label: isControl ? "control" : "page",
      sentAtMs,
      firstByteAtMs: sentAtMs + noise * (isControl ? 2 : 2 * factor),
      ...bend(sequence),
    };
  });
  return ratio.judge(history({ operations: seen, ...changes }), objective);
}

test("a ratio within the limit passes, with its interval", () => {
  const verdict = judged(2);

  expect(verdict.status).toBe("passed");
  expect(verdict.measurements[0]?.value).toBeCloseTo(2, 1);
  expect(verdict.measurements[0]?.spread?.high).toBeLessThan(3);
});

test("a ratio above it fails", () => {
  expect(judged(4).status).toBe("failed");
});

test("a ratio on the limit, with noise on both sides of it, is unknown", () => {
  const around = judged(1, (sequence) =>
    sequence % 2 === 1
      ? { firstByteAtMs: sequence * 10 + (Math.floor(sequence / 100) % 2 === 0 ? 2 : 14) }
      : {},
  );

  expect(around.status).toBe("unknown");
});

test("a request that was not answered well fails, however fast the others were", () => {
  const bent = (sequence: number): Partial<Operation> =>
    sequence === 101 ? { outcome: "failed", failureClass: "status", status: 503 } : {};

  expect(judged(2, bent)).toMatchObject({ status: "failed", witnesses: ["request-101"] });
});

test("too few requests, a dead generator and an unsteady state are unknown", () => {
  expect(judged(4, () => ({}), {}, 300).status).toBe("unknown");
  expect(judged(4, () => ({}), { generator: generator({ finished: false }) }).status).toBe(
    "unknown",
  );
  expect(judged(4, () => ({}), { steadyStates: unmetBefore }).status).toBe("unknown");
});

test("both medians, the ratio with its interval and all that failed are told", () => {
  const bends: Readonly<Record<number, Partial<Operation>>> = {
    100: { outcome: "failed", failureClass: "status", status: 503, firstByteAtMs: 9_000 },
    101: { outcome: "failed", failureClass: "refused", firstByteAtMs: null },
  };

  expect(told(judged(2))).toEqual([
    'passed: half of "page" took 5.2 ms or more, of "control" 2.6 ms: 2.00 times as long, 2.00 to 2.00 (99 %), allowed is 3; 0 of 2,000 failed',
    "page over control, median: 2 times of 2000; at most 3 times; 2.0 times to 2.0 times, 99 % interval, bootstrap over seconds",
  ]);
  expect(told(judged(2, (sequence) => bends[sequence] ?? {}))).toEqual([
    'failed: half of "page" took 5.2 ms or more, of "control" 2.6 ms: 2.00 times as long, 2.00 to 2.00 (99 %), allowed is 3; 2 of 2,000 failed',
    "page over control, median: 2 times of 1998; at most 3 times; 2.0 times to 2.0 times, 99 % interval, bootstrap over seconds",
    "witnesses: request-101 | request-100",
  ]);
});

test("requests of another kind are no part of it, failed or not", () => {
  const others = (sequence: number): Partial<Operation> =>
    sequence % 5 === 0 ? { label: "other", outcome: "failed" } : {};

  expect(judged(2, others).evidence).toContain("0 of 1,600 failed");
});

test("exactly as many of each as are needed are enough, in five seconds or more", () => {
  const bend = (sequence: number): Partial<Operation> =>
    sequence % 2 === 0 && sequence % 10 !== 0 ? { label: "other" } : {};
  expect(judged(2, bend).status).toBe("passed");
  expect(
    judged(2, (sequence) => (sequence === 0 ? { label: "other" } : bend(sequence))),
  ).toMatchObject({
    status: "unknown",
    evidence: '1,000 of "page" and 199 of "control" were recorded, 200 of each are needed',
  });
  expect(judged(2, () => ({ sentAtMs: 1 })).evidence).toBe(
    "both kinds are there in too few seconds",
  );
});

test("a request whose sending or first byte is not on record has no time", () => {
  const some = (bend: Partial<Operation>) =>
    judged(2, (sequence) => (sequence % 10 === 1 ? bend : {})).measurements[0];

  expect(some({})).toMatchObject({ sampleSize: 2_000 });
  expect(some({ sentAtMs: null })).toMatchObject({ sampleSize: 1_800 });
  expect(some({ firstByteAtMs: null })).toMatchObject({ sampleSize: 1_800 });
  expect(some({ outcome: "failed" })).toMatchObject({ sampleSize: 1_800 });
});
