/** Judges that compare the wrong way round, or take on trust what they have to ask for. */

import type { Canary } from "./canary.ts";
import type { CheckName } from "./checks.ts";

/** One comparison of one oracle, turned round. */
function inverted(
  oracle: string,
  check: CheckName,
  [find, replace]: readonly [string, string],
  reason: string,
): Canary {
  return {
    id: `inverted-${oracle}`,
    defect: `the oracle ${oracle} compares the wrong way round`,
    edits: [{ file: `reports/oracles/${oracle}.ts`, find, replace }],
    check,
    reason,
  };
}

const sickPasses = "a sick record: expected failed, saw passed";
const healthyFails = "a healthy record: expected passed, saw failed";

const inversions: readonly Canary[] = [
  inverted(
    "alerting",
    "oracle alerting",
    ["flaws.length > 0 ? verdict.failed", "flaws.length < 0 ? verdict.failed"],
    sickPasses,
  ),
  inverted(
    "availability",
    "oracle availability",
    [
      "failed.length + missing > objective.failedMax",
      "failed.length + missing < objective.failedMax",
    ],
    sickPasses,
  ),
  inverted(
    "balance",
    "oracle balance",
    ["> deviationMax + roundingCount", "< deviationMax - roundingCount"],
    healthyFails,
  ),
  inverted(
    "capacity",
    "oracle capacity",
    ["if (highest >= objective.ratePerSecondMin)", "if (highest <= objective.ratePerSecondMin)"],
    healthyFails,
  ),
  inverted(
    "conduct",
    "oracle conduct",
    ["return doubt === null ? verdict", "return doubt !== null ? verdict"],
    "a healthy record: expected passed, saw unknown",
  ),
  inverted("counters", "oracle counters", ["sent !== counted", "sent === counted"], healthyFails),
  inverted(
    "duplicates",
    "oracle duplicates",
    ["finding.witnesses.length > 0", "finding.witnesses.length < 0"],
    sickPasses,
  ),
  inverted(
    "durability",
    "oracle durability",
    [
      "lost.length + duplicated.length + altered.length > 0",
      "lost.length + duplicated.length + altered.length < 0",
    ],
    sickPasses,
  ),
  inverted("error-free", "oracle error-free", ["wrong.length > 0", "wrong.length < 0"], sickPasses),
  inverted(
    "facts",
    "oracle facts",
    ["seen === undefined || isAsAllowed(", "seen === undefined || !isAsAllowed("],
    healthyFails,
  ),
  inverted(
    "freshness",
    "oracle freshness",
    ["ageMs > objective.staleMsMax", "ageMs < objective.staleMsMax"],
    sickPasses,
  ),
  inverted(
    "handshake",
    "oracle handshake",
    ["!versionsAccepted.includes(version) &&", "versionsAccepted.includes(version) &&"],
    healthyFails,
  ),
  inverted(
    "migration",
    "oracle migration",
    ["is.sha256 === was.sha256 ? []", "is.sha256 !== was.sha256 ? []"],
    healthyFails,
  ),
  inverted(
    "neighbours",
    "oracle neighbours",
    ["if (!isBeside) return [];", "if (isBeside) return [];"],
    sickPasses,
  ),
  inverted(
    "panels",
    "oracle panels",
    ["value < min || value > max", "value > min && value < max"],
    healthyFails,
  ),
  inverted(
    "quiet",
    "oracle quiet",
    ["fromMs > watch.fromMs", "fromMs < watch.fromMs"],
    "a sick record: expected failed, saw unknown",
  ),
  inverted(
    "ratio",
    "oracle ratio",
    ["if (wrong.length > 0)", "if (wrong.length < 0)"],
    "one that failed: expected failed, saw passed",
  ),
  inverted(
    "recovery",
    "oracle recovery",
    [
      "latencyMsOf(operation) > objective.answerMsMax",
      "latencyMsOf(operation) < objective.answerMsMax",
    ],
    "a healthy record: expected passed, saw unknown",
  ),
  inverted(
    "rotation",
    "oracle rotation",
    ["endedAtMs <= untilMs", "endedAtMs > untilMs"],
    healthyFails,
  ),
  inverted(
    "security-headers",
    "oracle security-headers",
    ["if (seen[0] !== value)", "if (seen[0] === value)"],
    healthyFails,
  ),
  inverted(
    "shedding",
    "oracle shedding",
    ["if (refused.length < objective.refusedMin)", "if (refused.length > objective.refusedMin)"],
    healthyFails,
  ),
  inverted(
    "side-effects",
    "oracle side-effects",
    ["if (flaws.length > 0) return verdict.failed", "if (flaws.length < 0) return verdict.failed"],
    sickPasses,
  ),
  inverted(
    "slow-share",
    "oracle slow-share",
    ["upper <= objective.slowShareMax", "upper >= objective.slowShareMax"],
    "a healthy record: expected passed, saw unknown",
  ),
  inverted(
    "targets",
    "oracle targets",
    [
      "filter(([, address]) => up[address] === undefined)",
      "filter(([, address]) => up[address] !== undefined)",
    ],
    healthyFails,
  ),
];

/** A judge that no longer asks for one of the conditions of its answer. */
function trusting(
  id: string,
  defect: string,
  [find, replace]: readonly [string, string],
  reason: string,
): Canary {
  return {
    id,
    defect,
    edits: [{ file: "reports/assumptions.ts", find, replace }],
    check: "worthless records are unknown",
    reason,
  };
}

const trust: readonly Canary[] = [
  trusting(
    "proof-not-needed",
    "an injector is believed without an observer",
    [
      "if (fault.effectiveAtMs !== null && confirmed) return null;",
      "if (!confirmed || confirmed) return null;",
    ],
    "an injector that did nothing: expected unknown, saw passed",
  ),
  trusting(
    "silence-not-needed",
    "a target that must be silent may answer, so that the wrong one can be hit",
    [
      "if (!fault.silences || fault.replica === null) return null;",
      "if (fault.silences) return null;",
    ],
    "a target that still answers: expected unknown, saw passed",
  ),
  trusting(
    "fault-not-needed",
    "a history without any fault proves how a fault is survived",
    ['if (history.faults.length === 0) return "no fault is on record";', ""],
    'no fault: expected unknown because of "no fault is on record"',
  ),
  trusting(
    "end-of-load-not-needed",
    "a load that broke off counts as one that was served",
    ['if (!generator.finished) return "the load generator did not finish its plan";', ""],
    "a generator that died: expected unknown, saw passed",
  ),
  trusting(
    "rate-not-needed",
    "half of the promised load counts as all of it",
    ["generator.achievedRatePerSecond < wanted", "generator.achievedRatePerSecond < 0"],
    "a generator that sent half: expected unknown, saw passed",
  ),
  trusting(
    "steady-state-not-needed",
    "an experiment on a stack that was ill before counts",
    ["state.when === when && !state.met", 'state.when === "after" && !state.met'],
    "no steady state before: expected unknown, saw passed",
  ),
  {
    id: "start-based-phases",
    defect: "a request belongs to the fault only when it began in it, not when it was broken by it",
    edits: [
      {
        file: "reports/phases.ts",
        find: "operation.endedAtMs >= injectedAtMs",
        replace: "from >= injectedAtMs",
      },
    ],
    check: "phases go by overlap",
    reason: "a request that a kill made slow: expected failed, saw passed",
  },
  {
    id: "idle-victim-counts",
    defect: "a kill counts although nothing was in flight on its victim",
    edits: [
      {
        file: "reports/oracles/availability.ts",
        find: "(inFlightAtInjection ?? 0) < objective.inFlightMin",
        replace: "(inFlightAtInjection ?? 0) > objective.inFlightMin * 1_000",
      },
    ],
    check: "worthless records are unknown",
    reason: "nothing in flight at the kill: expected unknown, saw passed",
  },
];

const finalRead = (oracle: "durability" | "duplicates"): Canary => ({
  id: `empty-final-read-${oracle}`,
  defect: `the oracle ${oracle} takes a final read that failed for an empty table`,
  edits: [
    {
      file: `reports/oracles/${oracle}.ts`,
      find: "history.finalRead?.rows ?? null",
      replace: "history.finalRead?.rows ?? []",
    },
  ],
  check: "a judge needs the final read",
  reason: `${oracle}: expected unknown`,
});

export const oracleCanaries: readonly Canary[] = [
  ...inversions,
  {
    id: "inverted-interval-of-ratios",
    defect: "a ratio whose interval is above the limit passes, and one below it does not",
    edits: [
      {
        file: "reports/ratio-verdict.ts",
        find: "if (high <= ratioMax)",
        replace: "if (high >= ratioMax)",
      },
    ],
    check: "oracle ratio",
    reason: "a healthy record: expected passed, saw unknown",
  },
  {
    id: "late-refusals-count",
    defect: "the oracle shedding counts refusals that came after everybody had given up",
    edits: [
      {
        file: "reports/oracles/shedding.ts",
        find: "if (promptMs <= objective.refusalMsMax)",
        replace: "if (promptMs >= 0)",
      },
    ],
    check: "oracle shedding",
    reason: "late refusals: expected failed, saw passed",
  },
  ...trust,
  finalRead("durability"),
  finalRead("duplicates"),
  {
    id: "no-final-read-freshness",
    defect: "the oracle freshness passes although nobody could read the database at the end",
    edits: [
      {
        file: "reports/oracles/freshness.ts",
        find: "if (history.finalRead !== null && stored === null) {",
        replace: "if (history.finalRead === null && stored === null) {",
      },
    ],
    check: "a judge needs the final read",
    reason:
      'freshness: expected unknown because of "the final read failed: connection refused", saw passed',
  },
];
