import { expect, test } from "vitest";
import { generator, history, operations, replicaNames, unmetBefore } from "../hand-made.ts";
import type { GatewayLine, Operation } from "../records.ts";
import { slo } from "../slo.ts";
import { told } from "../told.ts";
import { balance } from "./balance.ts";

const objective = slo.balance;

/** The first `counts[0]` answers from the first replica, and so on. */
function spread(...counts: readonly number[]): readonly Operation[] {
  const answers = counts.flatMap((count, index) =>
    Array.from({ length: count }, () => replicaNames[index] ?? "dddddddddddd"),
  );
  return operations(answers.length, 10, (sequence) => ({ replica: answers[sequence] ?? null }));
}

function lines(
  seen: readonly Operation[],
  address: (operation: Operation) => string,
): readonly GatewayLine[] {
  return seen.map((operation) => ({
    requestId: operation.requestId,
    status: 200,
    upstreamAddresses: [
      ...(operation.sequence % 2 === 0 ? ["10.0.0.9:3000"] : []),
      address(operation),
    ],
    upstreamStatuses: ["200"],
  }));
}

test.each([
  { counts: [200, 200, 200], status: "passed" },
  { counts: [212, 200, 188], status: "passed" },
  { counts: [213, 200, 187], status: "failed" },
  { counts: [300, 300], status: "failed" },
  { counts: [600], status: "failed" },
  { counts: [150, 150, 150, 150], status: "failed" },
])("shares of $counts are $status within two points of a third", ({ counts, status }) => {
  const verdict = balance.judge(history({ operations: spread(...counts) }), objective);

  expect(verdict.status).toBe(status);
  expect(verdict.evidence).toContain(`${counts.length} of 3 replicas answered 600 requests`);
});

test("weights of 5, 5 and 4 are found and named", () => {
  const verdict = balance.judge(history({ operations: spread(500, 500, 400) }), objective);

  expect(verdict).toMatchObject({ status: "failed" });
  expect(verdict.witnesses).toContain(replicaNames[2]);
});

test("requests that were not answered well have no share", () => {
  const even = spread(200, 200, 200);
  const failed = operations(60, 10, () => ({ outcome: "indeterminate", replica: null }));

  expect(balance.judge(history({ operations: [...even, ...failed] }), objective).status).toBe(
    "passed",
  );
});

test("the gateway's addresses must agree with the replicas' names", () => {
  const even = spread(200, 200, 200);
  const judge = (gatewayLines: readonly GatewayLine[]) =>
    balance.judge(history({ operations: even, gatewayLines }), objective).status;

  expect(judge(lines(even, ({ replica }) => `address of ${replica}`))).toBe("passed");
  expect(judge(lines(even, () => "10.0.0.2:3000"))).toBe("unknown");
  expect(judge(lines(even, ({ replica, sequence }) => `${replica} ${sequence % 2}`))).toBe(
    "unknown",
  );
  expect(judge(lines(even, ({ sequence }) => `10.0.0.${sequence % 5}:3000`))).toBe("unknown");
  expect(judge(lines(even.slice(1), ({ replica }) => `address of ${replica}`))).toBe("unknown");
});

test.each([
  ["an empty history", history(), "0 requests were answered well, 600 are needed"],
  [
    "one answer too few",
    history({ operations: spread(200, 200, 199) }),
    "599 requests were answered well, 600 are needed",
  ],
  [
    "an answer without the replica's name",
    history({
      operations: operations(601, 10, (sequence) => (sequence === 9 ? { replica: null } : {})),
    }),
    "1 of 601 answers do not name their replica, the first is request-9",
  ],
  [
    "an unhealthy generator",
    history({
      operations: spread(200, 200, 200),
      generator: generator({ finished: false }),
    }),
    "the load generator did not finish its plan",
  ],
  [
    "an unmet steady state",
    history({ operations: spread(200, 200, 200), steadyStates: unmetBefore }),
    "no steady state before: replicas ready saw 2, allowed 3",
  ],
])("%s is unknown", (_, seen, evidence) => {
  expect(balance.judge(seen, objective)).toMatchObject({ status: "unknown", evidence });
});

test("shares are told by replica, in the order of their names, with the largest distance", () => {
  const uneven = spread(260, 200, 140).toReversed();

  expect(told(balance.judge(history({ operations: uneven }), objective))).toEqual([
    "failed: 3 of 3 replicas answered 600 requests: aaaaaaaaaaaa 43.33 %, bbbbbbbbbbbb 33.33 %, cccccccccccc 23.33 %; allowed is 33.33 % ± 2.00 % each",
    "largest distance from a fair share: 10.00 % of 600; at most 2.00 %; 23.33 % to 43.33 %, of all replicas",
    "share of aaaaaaaaaaaa: 43.33 % of 600",
    "share of bbbbbbbbbbbb: 33.33 % of 600",
    "share of cccccccccccc: 23.33 % of 600",
    "witnesses: aaaaaaaaaaaa | cccccccccccc",
  ]);
});

test("a replica that never answers fails, however wide the limit", () => {
  const loose = { ...objective, shareDeviationMax: 0.5 };
  const two = history({ operations: spread(300, 300) });

  expect(balance.judge(two, loose).status).toBe("failed");
  expect(balance.judge(history({ operations: spread(300, 200, 100) }), loose).status).toBe(
    "passed",
  );
});
