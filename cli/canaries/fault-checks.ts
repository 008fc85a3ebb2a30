/** The suite's own kill of a replica, done to real processes, and judged by its own oracle. */

import { bent, healthyOperations } from "../../reports/hand-made-history.ts";
import { replicaNames } from "../../reports/hand-made.ts";
import type { FaultWindow, History } from "../../reports/records.ts";
import { slo } from "../../reports/slo.ts";
import type { ContainerControl } from "../../stack/container-control.ts";
import type { ProductionStack } from "../../stack/production-stack.ts";
import type { DatabaseProbe } from "../../fixtures/probes/database.ts";
import { Board } from "../../fixtures/traffic/board.ts";
import type { Target } from "../../fixtures/traffic/exchange.ts";
import { expectEqual, expectStatus, firstOf } from "./expectations.ts";
import type { Complaint } from "./expectations.ts";
import { ProcessReplicas } from "./process-replicas.ts";
import type { SuiteSources } from "./sources.ts";

const [target] = replicaNames;
const waiting = 9;
const limits = { biteMsMax: 400, recoverMsMax: 2_000, healMsMax: 2_000, selfHealMsMax: 400 };

/** The fault needs of stack and database nothing but the control of its containers. */
function settingOf(replicas: ProcessReplicas) {
  const stack = { control: replicas as unknown as ContainerControl } as ProductionStack;
  return { stack, database: {} as DatabaseProbe, gateway: {} as Target, seed: 0 };
}

interface Hurt {
  readonly window: FaultWindow;
  readonly silenced: boolean;
  readonly wholeAgain: boolean;
}

async function hurt(suite: SuiteSources): Promise<Hurt> {
  const { killReplica } = await suite.load("fixtures/faults/kill-replica.ts");
  const { runFault } = await suite.load("fixtures/faults/fault.ts");
  await using replicas = await ProcessReplicas.open();
  const fault = await killReplica(0)(settingOf(replicas));
  const board = new Board();
  board.write("openFor100Ms", waiting);
  const startedMs = performance.now();
  let silenced = false;
  const window = await runFault(
    { ...fault, holdMs: 0 },
    {
      generator: { board, nowMs: () => performance.now() - startedMs },
      signal: new AbortController().signal,
      openJournal: () => ({
        undo: async () => {
          const { running, paused } = await replicas.inspect(target);
          silenced = !running || paused;
          await replicas.run(target);
        },
        close: () => undefined,
      }),
    },
    () => undefined,
    limits,
  );
  const { running, paused } = await replicas.inspect(target);
  return { window, silenced, wholeAgain: running && !paused };
}

/** Traffic as it would have been: who was not silenced has gone on answering. */
function historyOf({ window, silenced }: Hurt): History {
  const effectiveAtMs = window.effectiveAtMs === null ? null : 5_100;
  const times = { injectedAtMs: 5_000, effectiveAtMs, recoveredAtMs: 11_000, healedAtMs: 13_000 };
  return bent({
    operation: ({ sequence }) =>
      silenced ? {} : { replica: replicaNames[sequence % replicaNames.length] ?? target },
    history: { faults: [{ ...window, ...times }], durationMs: healthyOperations.length * 10 },
  });
}

async function aKillIsProved(suite: SuiteSources): Promise<Complaint> {
  const { availability } = await suite.load("reports/oracles/availability.ts");
  const seen = await hurt(suite);
  const verdict = availability.judge(historyOf(seen), slo.availabilityWhileReplicaKilled);
  return firstOf(
    expectStatus("a replica that was killed", "passed", verdict),
    expectEqual("requests in flight at the kill", waiting, seen.window.inFlightAtInjection),
  );
}

async function aKillIsUndone(suite: SuiteSources): Promise<Complaint> {
  const { wholeAgain } = await hurt(suite);
  return expectEqual("the replica runs after the fault", true, wholeAgain);
}

export const faultChecks = {
  "a kill is proved": aKillIsProved,
  "a kill is undone": aKillIsUndone,
} as const satisfies Record<string, (suite: SuiteSources) => Promise<Complaint>>;
