/** Records that prove nothing: every oracle has to say so, whatever the numbers look like. */

import { bent, kill, victim } from "../../reports/hand-made-history.ts";
import { generator, unmetBefore } from "../../reports/hand-made.ts";
import type { FaultWindow, History } from "../../reports/records.ts";
import { slo, underFault } from "../../reports/slo.ts";
import type { DatabaseProbe } from "../../fixtures/probes/database.ts";
import { expectEqual, expectStatus, firstOf } from "./expectations.ts";
import type { Complaint } from "./expectations.ts";
import type { SuiteSources } from "./sources.ts";

const withKill = (changes: Partial<FaultWindow>) =>
  bent({ history: { faults: [{ ...kill, ...changes }] } });

const wellAfter = {
  when: "after",
  probe: "replicas ready",
  met: true,
  seen: "3",
  allowed: "3",
} as const;

const worthless: Readonly<Record<string, History>> = {
  "an injector that did nothing": withKill({ effectiveAtMs: null, proofs: [] }),
  "an observer that denies the fault": withKill({
    proofs: [{ observer: "engine", seen: "running", confirms: false }],
  }),
  "a target that still answers": bent({
    operation: ({ sequence }) => (sequence === 700 ? { replica: victim } : {}),
  }),
  "a generator that died": bent({ history: { generator: generator({ finished: false }) } }),
  "a generator that sent half": bent({
    history: { generator: generator({ achievedRatePerSecond: 50 }) },
  }),
  "no steady state before": bent({ history: { steadyStates: [...unmetBefore, wellAfter] } }),
  "nothing in flight at the kill": withKill({ inFlightAtInjection: 0 }),
};

async function everythingIsDoubted(suite: SuiteSources): Promise<Complaint> {
  const { availability } = await suite.load("reports/oracles/availability.ts");
  const objective = slo.availabilityWhileReplicaKilled;
  const noFault = availability.judge(bent({ history: { faults: [] } }), objective);
  return firstOf(
    // Other guards would notice too, each for a reason of its own.
    expectStatus("no fault", "unknown", noFault, "no fault is on record"),
    ...Object.entries(worthless).map(([what, seen]) =>
      expectStatus(what, "unknown", availability.judge(seen, objective)),
    ),
  );
}

async function finalReadIsNeeded(suite: SuiteSources): Promise<Complaint> {
  const { durability } = await suite.load("reports/oracles/durability.ts");
  const { duplicates } = await suite.load("reports/oracles/duplicates.ts");
  const { freshness } = await suite.load("reports/oracles/freshness.ts");
  const seen = bent({ history: { finalRead: { rows: null, seen: "connection refused" } } });
  const words = "the final read failed: connection refused";
  const byDurability = durability.judge(seen, slo.durabilityAcrossKill);
  const byDuplicates = duplicates.judge(seen, slo.duplicatesWhileReplicaKilled);
  const byFreshness = freshness.judge(seen, underFault.redisKill.freshness);
  return firstOf(
    expectStatus("durability", "unknown", byDurability, words),
    expectStatus("duplicates", "unknown", byDuplicates, words),
    expectStatus("freshness", "unknown", byFreshness, words),
  );
}

/** Port 1 has no listener, so the driver is refused at once. */
const nowhere = { host: "127.0.0.1", port: 1 };

async function failedReadIsTold(suite: SuiteSources): Promise<Complaint> {
  const { DatabaseProbe: Probe } = await suite.load("fixtures/probes/database.ts");
  const probe: DatabaseProbe = Reflect.construct(Probe, [nowhere, ""]);
  const { rows } = await probe.finalRead("nobody", []);
  return expectEqual("rows of a database that cannot be reached", null, rows);
}

async function waitsEnd(suite: SuiteSources): Promise<Complaint> {
  const { waitUntil } = await suite.load("fixtures/wait.ts");
  const limits = { timeoutMs: 20, pollEveryMs: 5 };
  const seen = await waitUntil("a state that never comes", () => "nothing", limits).then(
    () => "reached",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return seen.includes("last saw nothing") ? null : `a wait for nothing: saw it ${seen}`;
}

/** Sent before the kill and answered long after it: the kill's doing, whenever it was sent. */
async function phasesOverlap(suite: SuiteSources): Promise<Complaint> {
  const { availability } = await suite.load("reports/oracles/availability.ts");
  const slow = bent({
    operation: ({ sequence }) => (sequence === 499 ? { endedAtMs: 8_000 } : {}),
  });
  const verdict = availability.judge(slow, slo.availabilityWhileReplicaKilled);
  return expectStatus("a request that a kill made slow", "failed", verdict);
}

export const doubtChecks = {
  "phases go by overlap": phasesOverlap,
  "worthless records are unknown": everythingIsDoubted,
  "a judge needs the final read": finalReadIsNeeded,
  "a failed final read is told": failedReadIsTold,
  "a wait that is over says so": waitsEnd,
} as const satisfies Record<string, (suite: SuiteSources) => Promise<Complaint>>;
