import { expect, test } from "vitest";
import {
  MISSION_STATES,
  missionChangeSchema,
  newEventSchema,
  newMissionSchema,
  predecessorsOf,
} from "./mission.ts";

test("the life cycle: planned, active, then completed or aborted, and no way back", () => {
  const steps = MISSION_STATES.flatMap((to) => predecessorsOf(to).map((from) => `${from}>${to}`));
  expect(steps.toSorted()).toEqual(["active>aborted", "active>completed", "planned>active"]);
});

test.each([
  ["no title", {}],
  ["an empty title", { title: "" }],
  ["a blank title", { title: " \n\t" }],
  ["a long title", { title: "x".repeat(201) }],
  ["a long description", { title: "x", description: "y".repeat(2_001) }],
  ["a number for a title", { title: 1 }],
  ["an unknown member", { title: "x", owner: "y" }],
  ["U+0000", { title: "a\u0000b" }],
  ["a lone surrogate", { title: "\ud800" }],
  ["an array", ["x"]],
  ["nothing", undefined],
])("refuses %s", (_what, body) => {
  expect(newMissionSchema.safeParse(body).success).toBe(false);
});

test("counts characters as people do, and fills in the description", () => {
  expect(newMissionSchema.parse({ title: "🚀".repeat(200) }).description).toBe("");
});

test("a change names at least one member", () => {
  expect(missionChangeSchema.safeParse({}).success).toBe(false);
  expect(missionChangeSchema.safeParse({ state: "paused" }).success).toBe(false);
  expect(missionChangeSchema.safeParse({ description: "" }).success).toBe(true);
});

test("an event has a message, and a type that the server does not write itself", () => {
  expect(newEventSchema.parse({ message: "Launched" }).type).toBe("note");
  expect(newEventSchema.safeParse({ message: "" }).success).toBe(false);
  expect(newEventSchema.safeParse({ message: "x", type: "state_changed" }).success).toBe(false);
  expect(newEventSchema.safeParse({ message: "x", type: "Not A Type" }).success).toBe(false);
});
