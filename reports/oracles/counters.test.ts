import { expect, test } from "vitest";
import { countedLoad, monitoring } from "../hand-made-monitoring.ts";
import { fault, generator, operations, replicaNames, unmetBefore } from "../hand-made.ts";
import type { CounterReading, History } from "../records.ts";
import type { CountersObjective } from "../slo.ts";
import { told } from "../told.ts";
import { counters } from "./counters.ts";

const objective: CountersObjective = {
  id: "P4.test",
  promise: "P4",
  title: "Prometheus counts every request",
  limit: "0 requests of difference",
  reason: "for the test",
  replicas: 3,
  answersMin: 1_000,
};
const judge = (seen: History) => counters.judge(seen, objective);
const readings = monitoring().counters ?? [];
const [first] = readings;
const withFirst = (change: Partial<CounterReading>) =>
  countedLoad({
    counters: readings.map((reading) => (reading === first ? { ...reading, ...change } : reading)),
  });

test("counters that grew by what was answered pass, whatever they were before", () => {
  const verdict = judge(countedLoad());

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toBe("1,200 answers of 1,200 counted, by 3 replicas");
});

test.each<[string, History, string]>([
  ["one request too few", withFirst({ after: 399 }), "399 counted, 400 answered"],
  ["one request too many", withFirst({ after: 401 }), "401 counted, 400 answered"],
  ["another status", withFirst({ status: 500 }), "and 1 more differ"],
  ["another replica", withFirst({ replica: "ffffffffffff" }), "and 1 more differ"],
  ["a counter that began anew", withFirst({ before: 900 }), "-500 counted"],
  ["a replica that is not scraped", countedLoad({ counters: readings.slice(1) }), "0 counted"],
  [
    "answers that nobody was sent",
    countedLoad({
      counters: [
        ...readings,
        { replica: replicaNames[0], method: "POST", status: 201, before: 0, after: 3 },
      ],
    }),
    "3 counted, 0 answered",
  ],
])("%s: failed", (_, seen, words) => {
  const verdict = judge(seen);

  expect(verdict.status).toBe("failed");
  expect(verdict.evidence).toContain(words);
});

test.each<[string, History, string]>([
  ["nobody read them", countedLoad({ counters: null }), "the counters were not read at both ends"],
  [
    "nobody watched",
    countedLoad({}, { monitoring: null }),
    "the counters were not read at both ends",
  ],
  [
    "a fault",
    countedLoad({}, { faults: [fault()] }),
    "a fault is on record: requests may have been tried twice",
  ],
  [
    "a request without an answer",
    countedLoad({}, { operations: operations(1_200, 10, () => ({ status: null })) }),
    "1,200 requests without an answer",
  ],
  [
    "no log of the gateway",
    countedLoad({}, { gatewayLines: null }),
    "the gateway's log could not be read",
  ],
  [
    "a request that was tried twice",
    countedLoad(
      {},
      {
        gatewayLines: [
          {
            requestId: "request-1",
            status: 200,
            upstreamAddresses: ["10.0.0.1", "10.0.0.2"],
            upstreamStatuses: ["502", "200"],
          },
        ],
      },
    ),
    "the gateway tried 1 request twice",
  ],
  [
    "too few answers",
    countedLoad({ counters: [] }, { operations: operations(900, 10) }),
    "900 answers of the API, needed 1,000",
  ],
  [
    "one replica that answers all",
    countedLoad({}, { operations: operations(1_200, 10, () => ({ replica: replicaNames[0] })) }),
    "1 replica answered, needed 3",
  ],
  [
    "a generator that died",
    countedLoad({}, { generator: generator({ finished: false }) }),
    "the load generator did not finish its plan",
  ],
  [
    "no steady state",
    countedLoad({}, { steadyStates: unmetBefore }),
    "no steady state before: replicas ready saw 2, allowed 3",
  ],
])("%s: unknown", (_, seen, evidence) => {
  expect(judge(seen)).toMatchObject({ status: "unknown", evidence });
});

test("who counted what is told, and every difference by replica, method and status", () => {
  expect(told(judge(countedLoad()))).toEqual([
    "passed: 1,200 answers of 1,200 counted, by 3 replicas",
    "requests counted wrong: 0 of 1200; at most 0",
    "counted: 1,200 of 1200",
  ]);
  const wrong = readings.map((reading, index) => ({
    ...reading,
    after: reading.after + index * 5 - 5,
  }));
  expect(told(judge(countedLoad({ counters: wrong.toReversed() })))).toEqual([
    "failed: GET 200 by aaaaaaaaaaaa: 395 counted, 400 answered, and 1 more differ",
    "requests counted wrong: 10 of 1200; at most 0",
    "counted: 1,200 of 1200",
    "witnesses: GET 200 by aaaaaaaaaaaa: 395 of 400 | GET 200 by cccccccccccc: 405 of 400",
  ]);
});

test("answers without a replica are nobody's to count, and a line of one upstream is no second try", () => {
  const gatewayLines = [
    {
      requestId: "request-1",
      status: 200,
      upstreamAddresses: ["10.0.0.1"],
      upstreamStatuses: ["200"],
    },
  ];
  const ofGateway = operations(1_203, 10, (sequence) =>
    sequence > 1_199 ? { replica: null } : {},
  );

  expect(judge(countedLoad({}, { gatewayLines, operations: ofGateway }))).toMatchObject({
    status: "passed",
    evidence: "1,200 answers of 1,200 counted, by 3 replicas",
  });
});

test("a counter that stood still is of no replica that answered", () => {
  const idle = { replica: "ffffffffffff", method: "GET", status: 200, before: 7, after: 7 };

  expect(judge(countedLoad({ counters: [...readings, idle] })).evidence).toContain("by 3 replicas");
});

test("exactly as many answers and replicas as are needed are enough", () => {
  const limits = { ...objective, answersMin: 1_200 };

  expect(counters.judge(countedLoad(), limits).status).toBe("passed");
  expect(counters.judge(countedLoad(), { ...limits, answersMin: 1_201 }).status).toBe("unknown");
  expect(counters.judge(countedLoad(), { ...limits, replicas: 4 }).evidence).toBe(
    "3 replicas answered, needed 4",
  );
});
