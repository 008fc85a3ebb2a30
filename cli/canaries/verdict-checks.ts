/** From verdicts to the decision about a run: nothing that is open may become a GO. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunEvent } from "../../reports/events.ts";
import { bent } from "../../reports/hand-made-history.ts";
import { runEvents } from "../../reports/hand-made-runs.ts";
import { slo } from "../../reports/slo.ts";
import type { Verdict, VerdictStatus } from "../../reports/records.ts";
import { expectEqual, firstOf } from "./expectations.ts";
import type { Complaint } from "./expectations.ts";
import type { SuiteSources } from "./sources.ts";

const criterion = slo.availabilityWhileReplicaKilled;
const claim = "resilience/replica-kill";

function judged(status: VerdictStatus): Verdict {
  const { id: objective } = criterion;
  return {
    oracle: "availability",
    objective,
    status,
    evidence: status,
    measurements: [],
    witnesses: [],
  };
}

/** Nothing was asked for, and all of it was done. */
const emptyRun: readonly RunEvent[] = runEvents()
  .filter(({ type }) => ["run-started", "census", "run-ended"].includes(type))
  .map((event) => (event.type === "run-started" ? { ...event, claims: [] } : event));

const brokenClaim = {
  type: "claim-ended",
  claim,
  state: "broken",
  durationMs: 1,
  error: "boom",
} as const;
const passedThen = { ...brokenClaim, state: "passed", error: null } as const;
const secondTry = {
  type: "judged",
  claim,
  verdict: judged("passed"),
  record: "records/x.json",
} as const;

type Decided = readonly [
  what: string,
  events: readonly RunEvent[],
  verdict: string,
  exitCode: number,
];

const runs: readonly Decided[] = [
  ["a run in which all passed", runEvents(), "GO", 0],
  ["a failed criterion", runEvents({ statuses: { [criterion.id]: "failed" } }), "NO_GO", 1],
  [
    "an unknown criterion",
    runEvents({ statuses: { [criterion.id]: "unknown" } }),
    "INCONCLUSIVE",
    2,
  ],
  [
    "a criterion that was not judged",
    runEvents({ statuses: { [criterion.id]: null } }),
    "INCONCLUSIVE",
    2,
  ],
  [
    "a failed criterion that passed when it was tried again",
    runEvents({ statuses: { [criterion.id]: "failed" }, extra: [secondTry, passedThen] }),
    "NO_GO",
    1,
  ],
  ["a broken claim", runEvents({ extra: [brokenClaim] }), "INCONCLUSIVE", 3],
  [
    "a harness that failed",
    runEvents({ extra: [{ type: "harness-error", what: "no space left" }] }),
    "INCONCLUSIVE",
    3,
  ],
  [
    "a cancelled run",
    runEvents({ extra: [{ type: "cancelled", signal: "SIGTERM" }] }),
    "INCONCLUSIVE",
    143,
  ],
  ["a run that is not finished", runEvents().slice(0, -1), "INCONCLUSIVE", 2],
  ["a run of nothing", emptyRun, "INCONCLUSIVE", 2],
  ["no record at all", [], "INCONCLUSIVE", 2],
];

async function runsAreDecided(suite: SuiteSources): Promise<Complaint> {
  const { decide } = await suite.load("reports/verdict.ts");
  return firstOf(
    ...runs.map(([what, events, verdict, exitCode]) => {
      const decided = decide(events);
      return expectEqual(what, [verdict, exitCode], [decided.verdict, decided.exitCode]);
    }),
  );
}

/** The name of what was thrown, which is how a claim is told to have failed. */
function endOf(act: () => void): string {
  try {
    act();
    return "nothing";
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

async function claimsEndBadly(suite: SuiteSources): Promise<Complaint> {
  const { assertPassed } = await suite.load("reports/verdict.ts");
  const end = (verdicts: readonly Verdict[]) => endOf(() => assertPassed(verdicts, [criterion]));
  return firstOf(
    expectEqual("a passed verdict throws", "nothing", end([judged("passed")])),
    expectEqual("a failed verdict throws", "ObjectiveMissedError", end([judged("failed")])),
    expectEqual("an unknown verdict throws", "InconclusiveError", end([judged("unknown")])),
    expectEqual("no verdict throws", "InconclusiveError", end([])),
    expectEqual(
      "no objective throws",
      "InconclusiveError",
      endOf(() => assertPassed([], [])),
    ),
  );
}

async function judgingThrows(suite: SuiteSources): Promise<Complaint> {
  const { judgeFor, on } = await suite.load("fixtures/judge.ts");
  const { Recorder } = await suite.load("fixtures/recorder.ts");
  const { availability } = await suite.load("reports/oracles/availability.ts");
  const directory = mkdtempSync(join(tmpdir(), "hyper-mission-canary-run-"));
  try {
    const judge = judgeFor(new Recorder(directory, claim));
    const failing = bent({ operation: () => ({ outcome: "failed", failureClass: "refused" }) });
    const end = endOf(() => judge(on(availability, failing, criterion)));
    return expectEqual("judging a sick record throws", "ObjectiveMissedError", end);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function outcomesAreTold(suite: SuiteSources): Promise<Complaint> {
  const { outcomeOf } = await suite.load("cli/claim-outcome.ts");
  const missed = { name: "ObjectiveMissedError", message: "missed" };
  const other = { name: "TypeError", message: "boom" };
  const state = (...seen: Parameters<typeof outcomeOf>) => outcomeOf(...seen).state;
  return firstOf(
    expectEqual("a claim that ran to its end", "passed", state([], 1, 1)),
    expectEqual("a claim that missed its objective", "failed", state([missed], 0, 1)),
    expectEqual("a claim with an error of ours", "broken", state([other], 1, 1)),
    expectEqual("a claim without a test", "unknown", state([], 0, 0)),
    expectEqual("a claim of which half ran", "unknown", state([], 1, 2)),
  );
}

async function trustIsGuarded(suite: SuiteSources): Promise<Complaint> {
  const { findIgnoringFlags } = await suite.load("cli/trust-guard.ts");
  const { findings, files } = findIgnoringFlags(suite.root);
  if (files.length < 100)
    return `the guard of trust: expected 100 files or more, saw ${files.length}`;
  const [first] = findings;
  return first === undefined
    ? null
    : `a flag that ignores certificates: ${first.place} ${first.line}`;
}

export const verdictChecks = {
  "runs are decided": runsAreDecided,
  "claims end badly": claimsEndBadly,
  "judging throws": judgingThrows,
  "outcomes are told": outcomesAreTold,
  "trust is guarded": trustIsGuarded,
} as const satisfies Record<string, (suite: SuiteSources) => Promise<Complaint>>;
