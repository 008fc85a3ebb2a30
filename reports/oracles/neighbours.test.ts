import { expect, test } from "vitest";
import { generator, history, operations, replicaNames } from "../hand-made.ts";
import type { History, Operation } from "../records.ts";
import { slo } from "../slo.ts";
import { neighbours } from "./neighbours.ts";

const objective = slo.eventLoopFree;
const neighbourMs = 60;
const aloneMs = 3;

/**
 * A second of 100 requests, ten of which are expensive; the read that follows one of them by 20 ms
 * is on the same replica and takes `besideMs`, unless it `avoids` it.
 */
function judged(besideMs: number, avoids = false, changes: Partial<History> = {}) {
  const [busy, other] = replicaNames;
  const seen = operations(3_000, 10, (sequence): Partial<Operation> => {
    const sentAtMs = sequence * 10;
    if (sequence % 10 === 0) {
      return {
        label: objective.neighbour,
        sentAtMs,
        endedAtMs: sentAtMs + neighbourMs,
        replica: busy,
      };
    }
    const isBeside = sequence % 10 === 2 && !avoids;
    return {
      label: objective.label,
      sentAtMs,
      endedAtMs: sentAtMs + (isBeside ? besideMs : aloneMs) * (1 + (sequence % 7) / 100),
      replica: isBeside ? busy : other,
    };
  });
  return neighbours.judge(history({ operations: seen, ...changes }), objective);
}

test("reads that are as fast beside an expensive request as without pass", () => {
  const verdict = judged(aloneMs);

  expect(verdict.status).toBe("passed");
  expect(verdict.measurements[0]?.value).toBeCloseTo(1, 1);
});

test("reads that wait for the expensive request fail", () => {
  expect(judged(neighbourMs - 20).status).toBe("failed");
});

test("a machine that is slow for a while is slow for both, and no defect", () => {
  const [busy, other] = replicaNames;
  const seen = operations(3_000, 10, (sequence): Partial<Operation> => {
    const sentAtMs = sequence * 10;
    const isSlow = Math.floor(sequence / 500) % 2 === 1;
    if (sequence % 10 === 0) {
      const endedAtMs = sentAtMs + (isSlow ? 80 : 15);
      return { label: objective.neighbour, sentAtMs, endedAtMs, replica: busy };
    }
    const endedAtMs = sentAtMs + (isSlow ? 60 : aloneMs);
    return {
      label: objective.label,
      sentAtMs,
      endedAtMs,
      replica: sequence % 2 === 1 ? busy : other,
    };
  });

  expect(neighbours.judge(history({ operations: seen }), objective).status).toBe("passed");
});

test("requests to other replicas are no neighbours", () => {
  const verdict = judged(neighbourMs, true);

  expect(verdict.status).toBe("unknown");
  expect(verdict.evidence).toContain("0 requests were sent beside");
});

test("a dead generator leaves it unknown", () => {
  const dead = { generator: generator({ finished: false }) };

  expect(judged(neighbourMs, false, dead).status).toBe("unknown");
});
