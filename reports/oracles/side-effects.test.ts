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
