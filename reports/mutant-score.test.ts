import { expect, test } from "vitest";
import type { RunEvent } from "./events.ts";
import { runEvents } from "./hand-made-runs.ts";
import type { RunChanges } from "./hand-made-runs.ts";
import { countMutants, isPerfect, judgeMutant } from "./mutant-score.ts";
import type { MutantResult } from "./mutant-score.ts";
import type { ClaimState } from "./records.ts";
import { slo } from "./slo.ts";
import { decide } from "./verdict.ts";

const { id, title } = slo.availabilityWhileReplicaKilled;
const mutant = { claim: "resilience/replica-kill", objective: id };

/** A full run in which the claim ended with this error, and perhaps in another state. */
function eventsOf(changes: RunChanges, error: string | null, state?: ClaimState): RunEvent[] {
  return runEvents(changes).map((event) =>
    event.type === "claim-ended" && event.claim === mutant.claim
      ? { ...event, error, state: state ?? event.state }
      : event,
  );
}

function judge(changes: RunChanges, error: string | null = null, state?: ClaimState) {
  return judgeMutant(mutant, decide(eventsOf(changes, error, state)));
}

test("caught: the claim failed, and the objective's title stands in its failure", () => {
  const evidence = "12 of 4,000 failed";
  const judged = judge({ statuses: { [id]: "failed" }, evidence }, `${title}: seen ${evidence}`);
  expect(judged).toMatchObject({ state: "caught", claimState: "failed" });
  expect(judged.seen).toContain(title);
  expect(judged.seen).toContain("12 of 4,000 failed");
});

test("missed: the claim passed on a stack that is known to be broken", () => {
  expect(judge({})).toMatchObject({ state: "missed", claimState: "passed" });
});

test("the failure of another objective of the same claim is not the one that was asked for", () => {
  const judged = judge({ statuses: { "VP-3.duplicates": "failed" } });
  expect(judged).toMatchObject({ state: "not caught", claimState: "failed" });
  expect(judged.seen).toContain(`${id} did not fail, but VP-3.duplicates`);
});

test("the failure of another claim does not count either", () => {
  expect(judge({ statuses: { "SC-4.kill": "failed" } })).toMatchObject({ state: "missed" });
});

test("an unknown claim has caught nothing", () => {
  expect(judge({ statuses: { [id]: "unknown" } })).toMatchObject({
    state: "not caught",
    claimState: "unknown",
  });
});

test("a broken claim has caught nothing, whatever one of its objectives says", () => {
  const error = `TypeError: boom\n${title}`;
  expect(judge({ statuses: { [id]: "failed" } }, error, "broken")).toMatchObject({
    state: "not caught",
    claimState: "broken",
    seen: expect.stringContaining("TypeError: boom"),
  });
});

test("a failure that does not say the title has another reason", () => {
  const judged = judge({ statuses: { [id]: "failed" } }, "something else");
  expect(judged).toMatchObject({ state: "not caught", claimState: "failed" });
});

test("a stack that does not start has caught nothing, and says why", () => {
  const what = "gateway is unhealthy";
  const events: RunEvent[] = [
    ...runEvents().filter(({ type }) => type === "run-started"),
    { at: "2026-11-23T02:00:01.000Z", type: "harness-error", what },
  ];
  expect(judgeMutant(mutant, decide(events))).toEqual({
    state: "not caught",
    claimState: null,
    seen: "gateway is unhealthy",
  });
});

test("only a campaign in which every planned mutant was caught is perfect", () => {
  const result = { id: "a", state: "caught" } as MutantResult;
  const counts = countMutants([result]);
  expect(counts).toEqual({ caught: 1, missed: 0, "not caught": 0 });
  expect(isPerfect({ planned: ["a"], counts })).toBe(true);
  expect(isPerfect({ planned: ["a", "b"], counts })).toBe(false);
  expect(isPerfect({ planned: [], counts: countMutants([]) })).toBe(false);
});
