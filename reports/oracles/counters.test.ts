import { expect, test } from "vitest";
import { countedLoad, monitoring } from "../hand-made-monitoring.ts";
import { fault, generator, operations, replicaNames, unmetBefore } from "../hand-made.ts";
import type { CounterReading, History } from "../records.ts";
import type { CountersObjective } from "../slo.ts";
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

test.each<[string, History]>([
  ["nobody read them", countedLoad({ counters: null })],
  ["nobody watched", countedLoad({}, { monitoring: null })],
  ["a fault", countedLoad({}, { faults: [fault()] })],
  [
    "a request without an answer",
    countedLoad({}, { operations: operations(1_200, 10, () => ({ status: null })) }),
  ],
  ["no log of the gateway", countedLoad({}, { gatewayLines: null })],
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
  ],
  ["too few answers", countedLoad({ counters: [] }, { operations: operations(900, 10) })],
  [
    "one replica that answers all",
    countedLoad({}, { operations: operations(1_200, 10, () => ({ replica: replicaNames[0] })) }),
  ],
  ["a generator that died", countedLoad({}, { generator: generator({ finished: false }) })],
  ["no steady state", countedLoad({}, { steadyStates: unmetBefore })],
])("%s: unknown", (_, seen) => {
  expect(judge(seen).status).toBe("unknown");
});
