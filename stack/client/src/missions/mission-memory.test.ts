import { expect, test } from "vitest";
import { MissionMemory } from "./mission-memory.ts";
import { createMissionsApi } from "./missions-api.ts";
import { testMission } from "./test-missions.ts";

const idle = new AbortController().signal;

function createMemory(): MissionMemory {
  const api = createMissionsApi(async (address) => {
    const version = address.includes("state=active") ? 2 : 1;
    return Response.json({ items: [testMission(1, { version })], nextCursor: null });
  });
  return new MissionMemory(api, () => 1_000);
}

test("a board is kept, one per filter", () => {
  const memory = createMemory();

  expect(memory.board("active")).toBe(memory.board("active"));
  expect(memory.board("active")).not.toBe(memory.board(null));
});

test("a mission is found in its newest version, in whatever order boards were read", async () => {
  const memory = createMemory();
  const { id } = testMission(1);
  expect(memory.findMission(id)).toBeNull();

  await memory.board("active").refresh(idle);
  await memory.board(null).refresh(idle);

  expect(memory.findMission(id)?.version).toBe(2);
});
