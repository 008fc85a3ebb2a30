import { expect, test } from "vitest";
import { generator, history, operations, unmetBefore } from "../hand-made.ts";
import type { History, Operation } from "../records.ts";
import type { RatioObjective } from "../slo.ts";
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
