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
import { told } from "../told.ts";
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

test.each<[string, History, string]>([
  [
    "nobody watched",
    lostReplica({}, { monitoring: null }),
    "nobody watched the targets of Prometheus",
  ],
  ["no fault", history({ monitoring: monitoring() }), "no fault is on record"],
  [
    "no proof",
    lostReplica({}, { faults: [fault({ proofs: [] })] }),
    'it is not proved that "kill server-1" took effect on server-1: nobody looked',
  ],
  [
    "no steady state before",
    lostReplica({}, { steadyStates: unmetBefore }),
    "no steady state before: replicas ready saw 2, allowed 3",
  ],
  [
    "blind for too long",
    lostReplica({ watcher: { looks: 50, blindMs: 5_001, problems: [] } }),
    "the monitoring was not looked at for 5 s, allowed are 5 s",
  ],
  [
    "hardly a look",
    lostReplica({ watcher: { looks: 2, blindMs: 1, problems: ["refused"] } }),
    "2 looks at the monitoring on record: refused",
  ],
])("%s: unknown", (_, seen, evidence) => {
  expect(judge(seen)).toMatchObject({ status: "unknown", evidence });
});

test("what was seen, and all that differs from the engine, is told", () => {
  expect(told(judge(lostReplica()))).toEqual([
    "passed: targets up were 3, 2, 3 in the order of time around kill server-1, each replica under its own address; 50 looks",
    "wrong about targets: 0 of 50; at most 0",
    "target seen gone after: 2 s of 4",
    "target seen up again after healing: 1 s of 4",
  ]);
  const wrong = {
    targets: [
      { ...start, up: { "10.0.0.1": first, "10.0.0.2": first, gateway: "x" } },
      { ...without, up: targetsWithout(first, second) },
      { ...end, up: targetsWithout(first) },
    ],
  };
  expect(told(judge(lostReplica(wrong)))).toEqual([
    "failed: kill server-1: before it replica cccccccccccc at 10.0.0.3 is no target that is up",
    "wrong about targets: 6 of 50; at most 0",
    "target seen gone after: 2 s of 3",
    'witnesses: kill server-1: before it replica cccccccccccc at 10.0.0.3 is no target that is up | kill server-1: before it the figures under 10.0.0.2 are those of "aaaaaaaaaaaa", allowed is bbbbbbbbbbbb | kill server-1: before it gateway is a target that is up, and no replica | kill server-1: 5.9 s into it 1 targets are up, allowed 2 | kill server-1: after it replica aaaaaaaaaaaa at 10.0.0.1 is no target that is up | kill server-1: after it 2 targets are up, allowed 3',
  ]);
});

test("a fault that was not healed, does not silence or has no effect leaves its time unjudged", () => {
  const gone = { targets: [start, without] };
  expect(judge(lostReplica(gone, { faults: [fault({ healedAtMs: null })] })).status).toBe(
    "unknown",
  );
  const stays = { targets: [start] };
  for (const changes of [
    { silences: false },
    { replica: null },
    { effectiveAtMs: null },
    { recoveredAtMs: null },
  ]) {
    const { witnesses } = judge(lostReplica(stays, { faults: [fault(changes)] }));
    expect(
      witnesses.filter((flaw) => flaw.includes("into it")),
      JSON.stringify(changes),
    ).toEqual([]);
  }
});

test("the targets at the very end of the fault count, not those after it", () => {
  const seenAt = (atMs: number) =>
    judge(lostReplica({ targets: [start, { ...without, atMs }, end] })).status;

  expect(seenAt(11_000)).toBe("passed");
  expect(seenAt(11_001)).toBe("failed");
});

test("who was never seen gone has no times, and one without a name neither", () => {
  const names = (seen: Partial<Monitoring>, changes: Partial<History> = {}) =>
    judge(lostReplica(seen, changes)).measurements.map(({ name }) => name);

  expect(names({ targets: [start] })).toEqual(["wrong about targets"]);
  expect(names({ targets: [start, without] })).toEqual([
    "wrong about targets",
    "target seen gone after",
  ]);
  expect(names({}, { faults: [fault({ replica: null, silences: false })] })).toEqual([
    "wrong about targets",
  ]);
});

test("a replica that moved back to an address of before has not moved", () => {
  const replaced = { faults: [fault({ replica: null, silences: false })] };
  const swapped = { [first]: "10.0.0.2", [second]: "10.0.0.1", [replicaNames[2]]: "10.0.0.3" };
  const up = { "10.0.0.1": second, "10.0.0.2": first, "10.0.0.3": replicaNames[2] };
  const seen = {
    replicas: [
      { atMs: 10, addresses: replicasWithout() },
      { atMs: 6_000, addresses: swapped },
    ],
    targets: [start, { ...end, up }],
  };

  expect(judge(lostReplica(seen, replaced), { movedMin: 1 })).toMatchObject({
    status: "unknown",
    evidence: "0 replicas came back with another address, needed 1",
  });
});
