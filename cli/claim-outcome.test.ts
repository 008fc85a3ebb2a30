import { expect, test } from "vitest";
import { outcomeOf, stateOf } from "./claim-outcome.ts";

const error = (name: string) => ({ name, message: "" });

test("only a missed objective is a defect of the product", () => {
  expect(stateOf([error("ObjectiveMissedError")])).toBe("failed");
  expect(stateOf([error("AssertionError")])).toBe("broken");
  expect(stateOf([error("Error")])).toBe("broken");
});

test("nothing concluded is unknown, and a broken harness is worse than that", () => {
  expect(stateOf([error("InconclusiveError")])).toBe("unknown");
  expect(stateOf([error("InconclusiveError"), error("TypeError")])).toBe("broken");
  expect(stateOf([error("TypeError"), error("ObjectiveMissedError")])).toBe("failed");
});

test("a claim passes only when each of its tests, at least one, ran to its end", () => {
  expect(outcomeOf([], 2, 2)).toEqual({ state: "passed", error: null });
  expect(outcomeOf([], 0, 0)).toEqual({ state: "unknown", error: "0 of 0 tests ran to their end" });
  expect(outcomeOf([], 1, 2).state).toBe("unknown");
  expect(outcomeOf([error("Error")], 2, 2).state).toBe("broken");
});
