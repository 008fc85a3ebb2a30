import { expect, test } from "vitest";
import { describeDifferences } from "./lost-race.ts";
import { testMission } from "./test-missions.ts";

test("every difference that a person sees is said", () => {
  const seen = testMission(1);
  const current = testMission(1, {
    state: "active",
    title: "Other",
    description: "New",
    version: 4,
  });

  expect(describeDifferences(seen, current)).toEqual([
    "The state went from planned to active.",
    "The title is now “Other”.",
    "The description was edited.",
  ]);
});

test("a version alone is no difference that a person sees", () => {
  expect(describeDifferences(testMission(1), testMission(1, { version: 2 }))).toEqual([]);
});
