import { expect, test } from "vitest";
import { MissionLog } from "./mission-log.ts";
import { MissionStore } from "./mission-store.ts";
import { createMissionsApi } from "./missions-api.ts";
import { testMission } from "./test-missions.ts";

const mission = testMission(1);

type Statuses = { readonly mission?: number; readonly events?: number };

function createLog(statuses: Statuses, requested: string[] = []): MissionLog {
  const api = createMissionsApi(async (address) => {
    requested.push(address);
    return address.includes("/events")
      ? Response.json({ items: [], nextCursor: null }, { status: statuses.events ?? 200 })
      : Response.json(mission, { status: statuses.mission ?? 200 });
  });
  const now = (): number => 1_000;
  const store = new MissionStore({ api, id: mission.id, known: null, now, mintKey: () => "k" });
  return new MissionLog(api, store, now);
}

test("a refresh reads the mission and its events", async () => {
  const log = createLog({});

  expect(await log.refresh(new AbortController().signal)).toBe(true);
  expect(log.mission.snapshot.get().mission).toEqual(mission);
  expect(log.events.snapshot.get().updatedAtMs).toBe(1_000);
});

test("a refresh fails if one of both does, and the other one is still shown", async () => {
  const log = createLog({ events: 503 });

  expect(await log.refresh(new AbortController().signal)).toBe(false);
  expect(log.mission.snapshot.get().mission).toEqual(mission);
  expect(log.events.snapshot.get().failure?.facts.status).toBe(503);
});

test("a mission that is missing is not asked for again", async () => {
  const requested: string[] = [];
  const log = createLog({ mission: 404, events: 404 }, requested);

  await log.refresh(new AbortController().signal);
  expect(log.mission.snapshot.get().isMissing).toBe(true);
  expect(requested).toHaveLength(2);

  expect(await log.refresh(new AbortController().signal)).toBe(true);
  expect(requested).toHaveLength(2);
});
