import { expect, test } from "vitest";
import {
  generator,
  history,
  operation,
  operations,
  replicaNames,
  unmetBefore,
} from "../hand-made.ts";
import type { History, Operation } from "../records.ts";
import { slo } from "../slo.ts";
import { told } from "../told.ts";
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

test("times beside and without, their ratio and its interval are told", () => {
  expect(told(judged(30))).toEqual([
    'failed: of 300 pairs the one beside a "create mission" on the same replica took 31 ms, the one without 3.1 ms (medians): 10.10 times as long, 10.10 to 10.10 (99 %), allowed is 3',
    "time beside a neighbour over time without, median of pairs: 10.1 times of 600; at most 3 times; 10.1 times to 10.1 times, 99 % interval, bootstrap over seconds",
  ]);
});

test("too few seconds or too few pairs are told as what they are", () => {
  const dense = operations(900, 1, (sequence) => ({
    label: sequence % 3 === 0 ? objective.neighbour : objective.label,
    replica: sequence % 3 === 2 ? replicaNames[1] : replicaNames[0],
  }));
  expect(neighbours.judge(history({ operations: dense }), objective).evidence).toBe(
    "there are pairs in too few seconds",
  );
  expect(judged(aloneMs, false, { steadyStates: unmetBefore }).evidence).toContain(
    "no steady state",
  );
});

const [here, there] = replicaNames;
const writeAt = (fromMs: number, toMs: number, changes: Partial<Operation> = {}) => ({
  ...operation({ label: objective.neighbour, sentAtMs: fromMs, endedAtMs: toMs, replica: here }),
  ...changes,
});
const readAt = (sentAtMs: number, changes: Partial<Operation> = {}) => ({
  ...operation({ label: objective.label, sentAtMs, endedAtMs: sentAtMs + 5, replica: here }),
  ...changes,
});
/** How many pairs the oracle finds among a few operations. */
function pairsOf(...seen: readonly Operation[]): number {
  const { evidence } = neighbours.judge(history({ operations: seen }), objective);
  return Number(/^\d+/.exec(evidence)?.[0]);
}

test("a read is beside a write from the sending of it up to its end", () => {
  const alone = readAt(2_000, { replica: there });
  const write = writeAt(2_000, 2_060);

  for (const sentAtMs of [2_000, 2_030, 2_059.9]) {
    expect(pairsOf(alone, write, readAt(sentAtMs)), `${sentAtMs}`).toBe(1);
  }
  for (const sentAtMs of [1_999.9, 2_060]) {
    expect(pairsOf(alone, write, readAt(sentAtMs)), `${sentAtMs}`).toBe(0);
  }
});

test("the other of a pair is the nearest in time, before or after, and not far", () => {
  const write = writeAt(2_000, 2_060);
  const beside = readAt(2_010);
  const alone = (sentAtMs: number) => readAt(sentAtMs, { replica: there });

  expect(pairsOf(write, beside)).toBe(0);
  for (const sentAtMs of [1_760, 2_010, 2_260]) {
    expect(pairsOf(alone(sentAtMs), write, beside), `${sentAtMs}`).toBe(1);
  }
  for (const sentAtMs of [1_759.9, 2_260.1]) {
    expect(pairsOf(alone(sentAtMs), write, beside), `${sentAtMs}`).toBe(0);
  }
  expect(pairsOf(alone(1_000), alone(2_200), write, beside, readAt(2_020))).toBe(2);
  expect(pairsOf(alone(1_900), alone(5_000), write, readAt(2_020), beside)).toBe(2);
});

test("what failed, was not sent, has no name or another label makes no pair", () => {
  const alone = readAt(2_010, { replica: there });
  const write = writeAt(2_000, 2_060);
  const beside = readAt(2_020);

  expect(pairsOf(alone, write, beside)).toBe(1);
  for (const changes of [
    { outcome: "failed" },
    { sentAtMs: null },
    { replica: null },
    { label: "list missions" },
  ] as const) {
    const told = JSON.stringify(changes);
    expect(pairsOf(alone, write, { ...beside, ...changes }), told).toBe(0);
    expect(pairsOf({ ...alone, ...changes }, write, beside), told).toBe(0);
  }
  for (const changes of [{ sentAtMs: null }, { replica: null }, { replica: there }] as const) {
    expect(
      pairsOf(readAt(2_010, { replica: replicaNames[2] }), { ...write, ...changes }, beside),
    ).toBe(0);
  }
  expect(pairsOf(alone, { ...write, outcome: "failed" }, beside)).toBe(1);
});

test("exactly as many pairs as are needed are enough", () => {
  const enough = (sampleSizeMin: number) =>
    neighbours.judge(
      history({
        operations: Array.from({ length: 70 }, (_, index) => index * 200).flatMap((atMs) => [
          readAt(atMs, { replica: there }),
          writeAt(atMs, atMs + 60),
          readAt(atMs + 20),
        ]),
      }),
      { ...objective, sampleSizeMin },
    ).status;

  expect(enough(70)).toBe("passed");
  expect(enough(71)).toBe("unknown");
});
