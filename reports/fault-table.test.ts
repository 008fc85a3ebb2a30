import { expect, test } from "vitest";
import { faultsOfRun, faultTable } from "./fault-table.ts";
import { runEvents } from "./hand-made-runs.ts";
import { fault, history, judgedHistory, operations, replicaNames } from "./hand-made.ts";
import type { FaultWindow, Operation } from "./records.ts";
import type { RunRecord } from "./run-record.ts";
import { decide } from "./verdict.ts";

const claim = "resilience/replica-kill";

/** A replica is away for so long, and so many requests fail from the harm on. */
function away(forMs: number, failedCount: number): readonly Operation[] {
  return operations(3_000, 10, (sequence) => ({
    ...(sequence >= 500 && sequence * 10 < 5_000 + forMs
      ? { replica: replicaNames[1 + (sequence % 2)] ?? null }
      : {}),
    ...(sequence >= 500 && sequence < 500 + failedCount ? { outcome: "failed" as const } : {}),
  }));
}

function runWith(
  seen: readonly Operation[],
  faults: readonly FaultWindow[] = [fault()],
  state: "passed" | "failed" = "passed",
): RunRecord {
  const events = runEvents().map((event) =>
    event.type === "claim-ended" && event.claim === claim ? { ...event, state } : event,
  );
  const record = judgedHistory(history({ operations: seen, faults }));
  return {
    verdict: { ...decide(events), runId: "run-1" },
    events,
    records: [{ path: "records/x-1.json", claim, objectives: [], record, problem: null }],
  };
}

const tableOf = (runs: readonly RunRecord[]) =>
  faultTable(runs.map(faultsOfRun)).trimEnd().split("\n");

test("runs are put together by claim and fault, whoever the victim was", () => {
  const [, , row, ...others] = tableOf([
    runWith(away(4_000, 0)),
    runWith(away(6_000, 50), [fault({ name: "kill server-3" })]),
    runWith(away(8_000, 0)),
  ]);

  expect(others).toEqual([]);
  expect(row).toMatch(
    /^\| kill server \| `resilience\/replica-kill` \| engine events \| 3 of 3 \|/,
  );
  expect(row).toMatch(/\| 50 of 2,4\d\d \| 10 ms \| 0 ms \/ 510 ms \|/);
  expect(row).toMatch(/\| 6\.0\d s \/ 8\.0\d s \| 3 passed \|$/);
});

test("different faults of one claim stand apart, and so do the results of the runs", () => {
  const two = [fault({ name: "fill | tables" }), fault({ name: "fill log" })];
  const rows = tableOf([runWith(away(0, 0), two), runWith(away(0, 0), two, "failed")]).slice(2);

  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain("| fill \\| tables |");
  expect(rows[1]).toContain("| 1 passed, 1 failed |");
});

test("what nobody proved and what never came back is told", () => {
  const unproved = fault({ effectiveAtMs: null, proofs: [] });
  const never = away(30_000, 2_500);
  const rows = tableOf([runWith(never, [unproved])]).slice(2);
  const some = tableOf([runWith(never), runWith(away(4_000, 0))]).slice(2);

  expect(rows[0]).toContain("| nobody | 0 of 1 |");
  expect(rows[0]).toContain("| not seen | not seen |");
  expect(some[0]).toContain("0 ms / not seen 1 times |");
});

test("runs without a fault make an empty table", () => {
  expect(tableOf([runWith(operations(10, 10), [])])).toHaveLength(2);
});
