import { expect, test } from "vitest";
import { fault, history, unmetBefore } from "../hand-made.ts";
import type { FaultWindow, History } from "../records.ts";
import { underFault } from "../slo.ts";
import { conduct } from "./conduct.ts";

const objectives = {
  stop: underFault.replicaStop.conduct,
  certificate: underFault.certificateReplaced.conduct,
  recreate: underFault.postgresRecreate.conduct,
} as const;

function showing(facts: Readonly<Record<string, string>>, changes: Partial<FaultWindow> = {}) {
  const observed = [{ name: "server-1", group: "target", facts }];
  return history({ faults: [fault({ observed, ...changes })] });
}

const right = {
  stop: { "exit code": "0", "of what was under way it answered": "all of them" },
  certificate: {},
  recreate: {},
} as const;

test.each([
  ["stop", "exit code", "0"],
  ["stop", "exit code", "143"],
  ["certificate", "leaf on the wire", "renewed"],
  ["recreate", "system identifier", "the same"],
] as const)("%s: %s %s passes", (kind, fact, seen) => {
  expect(conduct.judge(showing({ ...right[kind], [fact]: seen }), objectives[kind])).toMatchObject({
    oracle: "conduct",
    objective: objectives[kind].id,
    status: "passed",
  });
});

test.each([
  ["stop", "exit code", "137"],
  ["stop", "exit code", "1"],
  ["stop", "of what was under way it answered", "3 of 4"],
  ["certificate", "leaf on the wire", "first"],
  ["certificate", "leaf on the wire", "neither, AB:CD"],
  ["recreate", "system identifier", "another one, 7, then 8"],
] as const)("%s: %s %s fails", (kind, fact, seen) => {
  expect(conduct.judge(showing({ ...right[kind], [fact]: seen }), objectives[kind])).toMatchObject({
    status: "failed",
    witnesses: [expect.stringContaining(seen)],
  });
});

test.each<[string, History, string]>([
  ["no fault", history(), '0 of "target" seen, allowed are 1 or more'],
  [
    "nothing that was observed",
    history({ faults: [fault()] }),
    '0 of "target" seen, allowed are 1 or more',
  ],
  [
    "another fact",
    showing({ weather: "fine" }),
    "server-1: exit code, of what was under way it answered could not be read",
  ],
  [
    "a fault without effect",
    showing(right.stop, { effectiveAtMs: null }),
    'it is not proved that "kill server-1" took effect on server-1: engine events saw die, exit code 137',
  ],
  [
    "an unmet steady state",
    { ...showing(right.stop), steadyStates: unmetBefore },
    "no steady state before: replicas ready saw 2, allowed 3",
  ],
])("%s: unknown", (_, seen, evidence) => {
  expect(conduct.judge(seen, objectives.stop)).toMatchObject({ status: "unknown", evidence });
});

test("a wrong fact fails also where the fault is in doubt", () => {
  const doubtful = { ...showing({ "exit code": "137" }), steadyStates: unmetBefore };

  expect(conduct.judge(doubtful, objectives.stop).status).toBe("failed");
});
