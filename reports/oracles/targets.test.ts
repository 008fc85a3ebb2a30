import { expect, test } from "vitest";
import {
  lostReplica,
  monitoring,
  replicasWithout,
  targetsWithout,
} from "../hand-made-monitoring.ts";
import { fault, history, replicaNames, unmetBefore } from "../hand-made.ts";
import type { History, Monitoring } from "../records.ts";
import type { TargetsObjective } from "../slo.ts";
import { targets } from "./targets.ts";

const objective: TargetsObjective = {
  id: "P4.test",
  promise: "P4",
  title: "Prometheus sees that a replica is gone, and that it is back",
  limit: "3, 2, 3",
  reason: "for the test",
  replicas: 3,
  movedMin: 0,
  blindMsMax: 5_000,
};

const judge = (seen: History, limits: Partial<TargetsObjective> = {}) =>
  targets.judge(seen, { ...objective, ...limits });
const [first, second] = replicaNames;
const start = { atMs: 10, up: targetsWithout(), down: [] };
const without = { atMs: 7_000, up: targetsWithout(first), down: [] };
const end = { atMs: 14_000, up: targetsWithout(), down: [] };

test("three, two while one is dead, and three again pass", () => {
  const verdict = judge(lostReplica());

  expect(verdict.status).toBe("passed");
  expect(verdict.evidence).toContain("targets up were 3, 2, 3");
  expect(verdict.measurements.map(({ name, value }) => [name, value])).toEqual([
    ["wrong about targets", 0],
    ["target seen gone after", 2_000],
    ["target seen up again after healing", 1_000],
  ]);
});

test.each<[string, Partial<Monitoring>, string]>([
  [
    "one replica is not scraped",
    {
      targets: [
        { ...start, up: targetsWithout(second) },
        { ...without, up: targetsWithout(first, second) },
        { ...end, up: targetsWithout(second) },
      ],
    },
    `replica ${second} at 10.0.0.2 is no target that is up`,
  ],
  [
    "the one target is the gateway",
    { targets: [{ ...start, up: { gateway: first } }] },
    "gateway is a target that is up, and no replica",
  ],
  [
    "two addresses show the figures of one replica",
    { targets: [{ ...start, up: { ...start.up, "10.0.0.2": first } }, without, end] },
    `the figures under 10.0.0.2 are those of "${first}"`,
  ],
  ["the dead one stays up", { targets: [start] }, "the silenced replica"],
  [
    "all but one are gone while one is dead",
    { targets: [start, { ...without, up: targetsWithout(first, second) }, end] },
    "1 targets are up, allowed 2",
  ],
  ["the dead one does not come back", { targets: [start, without] }, "after it replica"],
])("%s: failed", (_, seen, words) => {
  const verdict = judge(lostReplica(seen));

  expect(verdict.status).toBe("failed");
  expect(verdict.witnesses.join("\n")).toContain(words);
});

test("a replica that moved is looked for at its new address", () => {
  const moved = { ...replicasWithout(), [first]: "10.0.0.9" };
  const { "10.0.0.1": _, ...others } = targetsWithout();
  const seen = {
    replicas: [
      { atMs: 10, addresses: replicasWithout() },
      { atMs: 6_000, addresses: moved },
    ],
    targets: [start, { ...end, up: { ...others, "10.0.0.9": first } }],
  };
  const replaced = { faults: [fault({ replica: null, silences: false })] };

  expect(judge(lostReplica(seen, replaced), { movedMin: 1 }).status).toBe("passed");
  const stale = lostReplica({ ...seen, targets: [start] }, replaced);
  expect(judge(stale, { movedMin: 1 }).status).toBe("failed");
  expect(judge(lostReplica({}, replaced), { movedMin: 1 }).status).toBe("unknown");
});

test.each<[string, History]>([
  ["nobody watched", lostReplica({}, { monitoring: null })],
  ["no fault", history({ monitoring: monitoring() })],
  ["no proof", lostReplica({}, { faults: [fault({ proofs: [] })] })],
  ["no steady state before", lostReplica({}, { steadyStates: unmetBefore })],
  ["blind for too long", lostReplica({ watcher: { looks: 50, blindMs: 5_001, problems: [] } })],
  ["hardly a look", lostReplica({ watcher: { looks: 2, blindMs: 1, problems: ["refused"] } })],
])("%s: unknown", (_, seen) => {
  expect(judge(seen).status).toBe("unknown");
});
