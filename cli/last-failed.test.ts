import { expect, test } from "vitest";
import type { ClaimResult } from "../reports/criteria.ts";
import { notPassed } from "./last-failed.ts";

const claim = (name: string, state: ClaimResult["state"]): ClaimResult => ({
  claim: name,
  state,
  durationMs: 1,
  error: null,
});

test("everything that did not pass is measured again, whatever the reason", () => {
  const states = ["passed", "failed", "unknown", "broken", "not-run", "unfinished"] as const;

  expect(
    notPassed(
      "run-1",
      states.map((state) => claim(`a/${state}`, state)),
    ),
  ).toEqual(["a/failed", "a/unknown", "a/broken", "a/not-run", "a/unfinished"]);
});

test("a run without a failure is no reason to measure nothing and call it good", () => {
  expect(() => notPassed("run-1", [claim("a/b", "passed")])).toThrow(/passed all 1 claims/);
  expect(() => notPassed("run-1", [])).toThrow(expect.objectContaining({ exitCode: 64 }));
});
