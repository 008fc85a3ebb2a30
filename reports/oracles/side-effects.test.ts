import { expect, test } from "vitest";
import {
  container,
  fault,
  generator,
  history,
  operations,
  replicaNames,
  unmetBefore,
} from "../hand-made.ts";
import type { ContainerLife, History } from "../records.ts";
import type { SideEffectsObjective } from "../slo.ts";
import { told } from "../told.ts";
import { sideEffects } from "./side-effects.ts";

const objective: SideEffectsObjective = {
  id: "VP-3.test.side-effects",
  promise: "VP-3",
  title: "nothing else breaks while an API replica crashes",
  limit: "0 answers by strangers, 0 other restarts, 0 panics",
  reason: "for the test",
  mayRestart: ["server"],
  policyRestartsMin: { server: 1 },
  forbiddenLines: ["PANIC", "\\[emerg\\]"],
  answersMin: 100,
};

const containers: readonly ContainerLife[] = [
  container("server-1", replicaNames[0], {
    startedAt: "2026-11-23T02:00:05.000Z",
    restartCount: 1,
  }),
  container("server-2", replicaNames[1]),
  container("server-3", replicaNames[2]),
  container("redis-1", "rrrrrrrrrrrr"),
];

function crashed(changes: Partial<History> = {}): History {
  return history({
    operations: operations(100, 10),
    faults: [fault()],
    containers,
    logFindings: [{ container: "postgres-1", line: "FATAL:  the database system is starting up" }],
    ...changes,
  });
}

const judge = (seen: History, limits: Partial<SideEffectsObjective> = {}) =>
  sideEffects.judge(seen, { ...objective, ...limits });
const replaced = (name: string, by: ContainerLife) =>
  containers.map((life) => (life.name === name ? by : life));
const stranger = operations(100, 10, (sequence) =>
  sequence === 50 ? { replica: "ffffffffffff" } : {},
);
const panic = { container: "postgres-1", line: `PANIC:  could not locate ${"x".repeat(300)}` };

test("a fault that hurt nothing else passes", () => {
  const verdict = judge(crashed());

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toContain("0 strangers in 100 answers of the API");
  expect(verdict.evidence).toContain('1 of 1 or more starts of "server" by its restart policy');
});

test.each<[string, Partial<History>, RegExp]>([
  ["an answer by a stranger", { operations: stranger }, /^request-50$/],
  [
    "a container of another service that started again",
    { containers: replaced("redis-1", container("redis-1", "rrrrrrrrrrrr", { restartCount: 1 })) },
    /^redis-1 was started 1 time by its restart policy$/,
  ],
  [
    "a container that is gone",
    { containers: replaced("server-3", container("server-3", replicaNames[2], null)) },
    /^server-3 is gone$/,
  ],
  ["a panic in a log", { logFindings: [panic] }, /^postgres-1: PANIC: .{150,155}…$/],
])("%s fails, also where everything else is in doubt", (_, changes, witness) => {
  const doubtful = {
    faults: [],
    steadyStates: unmetBefore,
    generator: generator({ finished: false }),
  };
  for (const seen of [crashed(changes), crashed({ ...changes, ...doubtful })]) {
    expect(judge(seen)).toMatchObject({
      status: "failed",
      witnesses: [expect.stringMatching(witness)],
    });
  }
});

test("a crash that the restart policy did not heal fails", () => {
  const helped = container("server-1", replicaNames[0], { startedAt: "2026-11-23T02:00:05.000Z" });

  expect(judge(crashed({ containers: replaced("server-1", helped) }))).toMatchObject({
    status: "failed",
    evidence: expect.stringContaining('the restart policy started "server" 0 times, 1 are needed'),
  });
});

test("a start that the fault did not mean fails by the objective alone", () => {
  expect(judge(crashed(), { mayRestart: [] }).status).toBe("failed");
});

test.each<[string, Partial<History>, string]>([
  ["an engine that nobody asked", { containers: [] }, "nobody asked the engine"],
  [
    "a service that the engine did not show",
    {
      containers: containers.filter(({ service }) => service !== "server"),
      operations: operations(100, 10, () => ({ path: "/index.html" })),
    },
    'the engine showed no container of "server"',
  ],
  ["logs that could not be read", { logFindings: null }, "a log could not be read"],
  ["a dead generator", { generator: generator({ finished: false }) }, "did not finish"],
  ["too few answers", { operations: operations(99, 10) }, "99 good answers"],
  ["no fault", { faults: [] }, "no fault is on record"],
  ["a fault without effect", { faults: [fault({ effectiveAtMs: null })] }, "not proved"],
  ["a target that never healed", { faults: [fault({ healedAtMs: null })] }, "not seen healthy"],
  ["an unmet steady state", { steadyStates: unmetBefore }, "no steady state before"],
])("%s: unknown", (_, changes, evidence) => {
  expect(judge(crashed(changes))).toMatchObject({
    status: "unknown",
    evidence: expect.stringContaining(evidence),
  });
});

test("all that happened beside a fault is told", () => {
  const lines = ["PANIC: one", `PANIC: ${"x".repeat(153)}`, `PANIC: ${"x".repeat(154)}`, "fine"];
  const seen = crashed({
    operations: operations(100, 10, (sequence) =>
      sequence === 50 || sequence === 51 ? { replica: "ffffffffffff" } : {},
    ),
    containers: [
      ...replaced("server-3", container("server-3", replicaNames[2], null)),
      container("postgres-1", "pppppppppppp", null),
    ],
    logFindings: lines.map((line) => ({ container: "postgres-1", line })),
  });
  const limits = { policyRestartsMin: { server: 2, redis: 0, grafana: 1 } };

  expect(told(judge(seen, limits))).toEqual([
    'failed: server-3 is gone and 1 more; the restart policy started "server" 1 time, 2 are needed; postgres-1 logged "PANIC: one" and 2 more; 2 of 100 answers of the API came from strangers, the first is request-50; 2 strangers in 100 answers of the API, 2 unexpected starts, 3 forbidden log lines; allowed 0, 1 of 2 or more starts of "server" by its restart policy, 0 of 0 or more starts of "redis" by its restart policy, 0 of 1 or more starts of "grafana" by its restart policy',
    "answers by strangers: 2 of 100; at most 0; 0.36 % to 6.16 %, 95 % bounds of the true share",
    "unexpected starts: 2 of 5; at most 0",
    "forbidden log lines: 3 of 4; at most 0",
    "starts of server by its restart policy: 1 of 3; at least 2",
    "starts of redis by its restart policy: 0 of 1; at least 0",
    "witnesses: server-3 is gone | postgres-1 is gone | postgres-1: PANIC: one | postgres-1: PANIC: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx | postgres-1: PANIC: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… | request-50 | request-51",
  ]);
  expect(told(judge(crashed()))).toEqual([
    'passed: 0 strangers in 100 answers of the API, 0 unexpected starts, 0 forbidden log lines; allowed 0, 1 of 1 or more starts of "server" by its restart policy',
    "answers by strangers: 0 of 100; at most 0; 0.00 % to 2.95 %, 95 % bounds of the true share",
    "unexpected starts: 0 of 4; at most 0",
    "forbidden log lines: 0 of 1; at most 0",
    "starts of server by its restart policy: 1 of 3; at least 1",
  ]);
});

test("logs that nobody could read have no lines, forbidden or not", () => {
  const anything = { forbiddenLines: [""] };

  expect(told(judge(crashed({ logFindings: null }), anything))).toEqual([
    "unknown: a log could not be read",
    "answers by strangers: 0 of 100; at most 0; 0.00 % to 2.95 %, 95 % bounds of the true share",
    "unexpected starts: 0 of 4; at most 0",
    "forbidden log lines: 0 of 0; at most 0",
    "starts of server by its restart policy: 1 of 3; at least 1",
  ]);
});
