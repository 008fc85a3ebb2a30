import { expect, test } from "vitest";
import { readMission, readMissionEvent, readPage } from "./mission.ts";
import { testMission } from "./test-missions.ts";

const event = {
  id: 7,
  missionId: testMission(1).id,
  type: "note",
  message: "Left the station.",
  createdAt: "2026-11-23T12:00:00.000Z",
};

test("a mission, an event and a page are read; members that are unknown are left out", () => {
  const mission = testMission(1);

  expect(readMission({ ...mission, colour: "red" })).toEqual(mission);
  expect(readMissionEvent(event)).toEqual({ ...event, id: "7" });
  expect(readPage({ items: [mission], nextCursor: null }, readMission)).toEqual({
    items: [mission],
    nextCursor: null,
  });
});

test.each([
  ["an unknown state", { state: "lost" }, "mission.state"],
  ["a version that is a text", { version: "1" }, "mission.version"],
  ["no description", { description: undefined }, "mission.description"],
  ["a time that is none", { createdAt: "today" }, "mission.createdAt"],
])("a mission with %s is refused", (_name, change, member) => {
  expect(() => readMission({ ...testMission(1), ...change })).toThrow(`reading ${member}`);
});

test("a page with one broken item is refused", () => {
  const page = { items: [testMission(1), {}], nextCursor: null };

  expect(() => readPage(page, readMission)).toThrow("reading mission.state");
  expect(() => readMissionEvent({ ...event, message: null })).toThrow("reading event.message");
});
