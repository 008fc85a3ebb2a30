/** The oracles of rates and times under load, on records made by hand. */

import { fault, generator, history, operations, replicaNames } from "../../reports/hand-made.ts";
import type { History, Operation } from "../../reports/records.ts";
import { slo } from "../../reports/slo.ts";
import { expectStatus, firstOf } from "./expectations.ts";
import { judgeCases } from "./judge-cases.ts";
import type { OracleCheck } from "./judge-cases.ts";

const empty = history();
const refused = { outcome: "indeterminate", failureClass: "status", status: 503 } as const;

/** One step of twice the promised rate, 4 s long. */
function climbed(bend: Partial<Operation> = {}): History {
  const ratePerSecond = 2 * slo.capacityCurve.ratePerSecondMin;
  const recorded = operations(4 * ratePerSecond, 1_000 / ratePerSecond, () => bend);
  return history({
    steps: [{ fromMs: 0, toMs: 4_000, ratePerSecond }],
    operations: recorded,
    generator: generator({ scheduledCount: recorded.length }),
  });
}

/** Every tenth request is an expensive one of 60 ms, and the read 20 ms later is beside it. */
function beside(besideMs: number): History {
  const { label, neighbour } = slo.eventLoopFree;
  const [busy, other] = replicaNames;
  return history({
    operations: operations(3_000, 10, (sequence) => {
      const sentAtMs = sequence * 10;
      if (sequence % 10 === 0) {
        return { label: neighbour, sentAtMs, endedAtMs: sentAtMs + 60, replica: busy };
      }
      const isBeside = sequence % 10 === 2;
      const endedAtMs = sentAtMs + (isBeside ? besideMs : 3);
      return { label, sentAtMs, endedAtMs, replica: isBeside ? busy : other };
    }),
  });
}

/** Reads between static files, `factor` times as long. */
function interleaved(
  factor: number,
  bend: (sequence: number) => Partial<Operation> = () => ({}),
): History {
  const { label, control } = slo.readOverFile;
  return history({
    operations: operations(2_000, 10, (sequence) => {
      const isControl = sequence % 2 === 0;
      const sentAtMs = sequence * 10;
      const firstByteAtMs = sentAtMs + 2 * (isControl ? 1 : factor);
      return { label: isControl ? control : label, sentAtMs, firstByteAtMs, ...bend(sequence) };
    }),
  });
}

/** Twice as many requests as may wait while nothing is answered; the second half is refused. */
function stalled(afterMs: number | null): History {
  const { waitingMax, overloadMin } = slo.shedding;
  const from = 1_000;
  const offered = waitingMax * overloadMin;
  return history({
    operations: operations(from + offered + 100, 2, (sequence) => {
      const isRefused = sequence >= from + waitingMax && sequence < from + offered;
      const sentAtMs = sequence * 2;
      return isRefused && afterMs !== null
        ? { ...refused, sentAtMs, endedAtMs: sentAtMs + afterMs }
        : {};
    }),
    faults: [
      fault({
        replica: null,
        silences: false,
        injectedAtMs: from * 2,
        effectiveAtMs: from * 2,
        recoveredAtMs: (from + offered) * 2,
      }),
    ],
  });
}

export const loadChecks = {
  "oracle capacity": async (suite) => {
    const { capacity } = await suite.load("reports/oracles/capacity.ts");
    const cases = { healthy: climbed(), sick: climbed(refused), empty };
    return judgeCases(capacity, slo.capacityCurve, cases);
  },
  "oracle neighbours": async (suite) => {
    const { neighbours } = await suite.load("reports/oracles/neighbours.ts");
    const cases = { healthy: beside(3), sick: beside(40), empty };
    return judgeCases(neighbours, slo.eventLoopFree, cases);
  },
  "oracle ratio": async (suite) => {
    const { ratio } = await suite.load("reports/oracles/ratio.ts");
    const failing = interleaved(2, (sequence) => (sequence === 101 ? refused : {}));
    return firstOf(
      judgeCases(ratio, slo.readOverFile, {
        healthy: interleaved(2),
        sick: interleaved(2 * slo.readOverFile.ratioMax),
        empty,
      }),
      expectStatus("one that failed", "failed", ratio.judge(failing, slo.readOverFile)),
    );
  },
  "oracle shedding": async (suite) => {
    const { shedding } = await suite.load("reports/oracles/shedding.ts");
    const late = stalled(slo.shedding.refusalMsMax + 1);
    return firstOf(
      judgeCases(shedding, slo.shedding, { healthy: stalled(3), sick: stalled(null), empty }),
      expectStatus("late refusals", "failed", shedding.judge(late, slo.shedding)),
    );
  },
} as const satisfies Record<string, OracleCheck>;
