/** Decisions that make a GO out of what is open, broken or failed. */

import type { Canary } from "./canary.ts";
import type { CheckName } from "./checks.ts";

type Change = readonly [file: string, find: string, replace: string];

function deciding(
  id: string,
  defect: string,
  [file, find, replace]: Change,
  check: CheckName,
  reason: string,
): Canary {
  return { id, defect, edits: [{ file, find, replace }], check, reason };
}

const conclude = "reports/conclude.ts";
const ends = "reports/verdict.ts";

const ofRuns: readonly Canary[] = [
  deciding(
    "unknown-is-pass",
    "an unknown criterion is no gap",
    [conclude, 'state === "unknown" || state === "not-measured"', 'state === "not-measured"'],
    "runs are decided",
    'an unknown criterion: expected ["INCONCLUSIVE",2], saw ["GO',
  ),
  deciding(
    "not-measured-is-pass",
    "a criterion that nobody measured is no gap",
    [conclude, 'state === "unknown" || state === "not-measured"', 'state === "unknown"'],
    "runs are decided",
    'a criterion that was not judged: expected ["INCONCLUSIVE",2], saw ["GO',
  ),
  {
    id: "tried-until-it-passes",
    defect: "a claim that failed is measured again, and passes if it passes then",
    edits: [
      {
        file: "reports/criteria.ts",
        find: 'verdicts.find(({ status }) => status === "failed") ?? ',
        replace: "",
      },
      {
        file: "reports/criteria.ts",
        find: 'ends.find(({ state }) => state === "failed") ?? ',
        replace: "",
      },
    ],
    check: "runs are decided",
    reason:
      'a failed criterion that passed when it was tried again: expected ["NO_GO",1], saw ["GO',
  },
  deciding(
    "inconclusive-exits-with-0",
    "the exit code of an inconclusive run is that of a GO",
    ["reports/run-verdict.ts", "  inconclusive: 2,", "  inconclusive: 0,"],
    "runs are decided",
    'expected ["INCONCLUSIVE",2], saw ["INCONCLUSIVE",0]',
  ),
  deciding(
    "harness-errors-ignored",
    "an error of the harness decides nothing",
    [conclude, '    ...harness.errors.map((what) => ({ id: "harness", what })),', ""],
    "runs are decided",
    'a harness that failed: expected ["INCONCLUSIVE",3], saw ["GO',
  ),
  deciding(
    "broken-claims-ignored",
    "a claim that broke is no failure of the harness",
    [conclude, 'state === "broken")', 'state === "unfinished")'],
    "runs are decided",
    'a broken claim: expected ["INCONCLUSIVE",3], saw',
  ),
  deciding(
    "cancellation-ignored",
    "a run that was cancelled is decided as if it had ended",
    [conclude, "  if (cancelledBy !== null) {", "  if (cancelledBy === undefined) {"],
    "runs are decided",
    'a cancelled run: expected ["INCONCLUSIVE",143], saw',
  ),
  deciding(
    "nothing-is-enough",
    "a run that measured nothing has nothing against it",
    [conclude, "...(isAnyMeasured ? []", "...(isAnyMeasured || !isAnyMeasured ? []"],
    "runs are decided",
    'a run of nothing: expected ["INCONCLUSIVE",2], saw ["GO',
  ),
  deciding(
    "end-not-needed",
    "a run is decided before it is finished",
    [conclude, "...(facts.finished ? []", "...(!facts.finished || facts.finished ? []"],
    "runs are decided",
    'a run that is not finished: expected ["INCONCLUSIVE",2], saw ["GO',
  ),
];

const ofClaims: readonly Canary[] = [
  deciding(
    "unknown-ends-a-claim-well",
    "a claim with an unknown objective ends as passed",
    [ends, 'verdict?.status !== "passed"', 'verdict?.status === "failed"'],
    "claims end badly",
    'an unknown verdict throws: expected "InconclusiveError", saw "nothing"',
  ),
  deciding(
    "no-objective-ends-a-claim-well",
    "a claim that judges nothing ends as passed",
    [ends, "  if (objectives.length === 0) {", "  if (objectives.length < 0) {"],
    "claims end badly",
    'no objective throws: expected "InconclusiveError", saw "nothing"',
  ),
  deciding(
    "swallowed-verdict",
    "the exception that ends a failed claim is swallowed",
    [
      "fixtures/judge.ts",
      "    assertPassed(\n      judged.map(({ verdict }) => verdict),\n      judged.map(({ objective }) => objective),\n    );",
      "    try {\n      assertPassed(\n        judged.map(({ verdict }) => verdict),\n        judged.map(({ objective }) => objective),\n      );\n    } catch {}",
    ],
    "judging throws",
    'judging a sick record throws: expected "ObjectiveMissedError", saw "nothing"',
  ),
  deciding(
    "swallowed-error",
    "an error of the runner that is none of a judgement is passed over",
    ["cli/claim-outcome.ts", 'stateByError[name] ?? "broken"', 'stateByError[name] ?? "passed"'],
    "outcomes are told",
    'a claim with an error of ours: expected "broken", saw "passed"',
  ),
  deciding(
    "no-test-passes",
    "a file without a test passes",
    [
      "cli/claim-outcome.ts",
      "if (passed > 0 && passed === testCount)",
      "if (passed === testCount)",
    ],
    "outcomes are told",
    'a claim without a test: expected "unknown", saw "passed"',
  ),
];

export const verdictCanaries: readonly Canary[] = [...ofRuns, ...ofClaims];
