import { expect, test } from "vitest";
import { createMissionsApi, type MissionsApi } from "./missions-api.ts";
import { testMission } from "./test-missions.ts";

type Sent = { readonly address: string; readonly init: RequestInit };

function createApi(answer: unknown): { api: MissionsApi; sent: Sent[] } {
  const sent: Sent[] = [];
  const api = createMissionsApi(async (address, init) => {
    sent.push({ address, init });
    return Response.json(answer);
  });
  return { api, sent };
}

const mission = testMission(1);
const event = {
  id: 1,
  missionId: mission.id,
  type: "note",
  message: "x",
  createdAt: mission.createdAt,
};

test("a list is asked for with what is set, and nothing else", async () => {
  const { api, sent } = createApi({ items: [mission], nextCursor: null });

  await api.listMissions({ state: null, limit: 20, cursor: null });
  await api.listMissions({ state: "active", limit: 5, cursor: "a+b/c=" });

  expect(sent.map(({ address }) => address)).toEqual([
    "/api/missions?limit=20",
    "/api/missions?state=active&limit=5&cursor=a%2Bb%2Fc%3D",
  ]);
});

test("a mission is created with its key", async () => {
  const { api, sent } = createApi(mission);

  expect(await api.createMission({ title: "a", description: "b" }, "k")).toEqual(mission);
  expect(sent[0]).toMatchObject({
    address: "/api/missions",
    init: { method: "POST", body: `{"title":"a","description":"b"}` },
  });
  expect(sent[0]?.init.headers).toMatchObject({ "Idempotency-Key": "k" });
});

test("a change names the version it is based on as a strong entity tag", async () => {
  const { api, sent } = createApi(mission);

  await api.changeMission({ id: mission.id, version: 7 }, { state: "active" }, "k");

  expect(sent[0]).toMatchObject({
    address: `/api/missions/${mission.id}`,
    init: { method: "PATCH", body: `{"state":"active"}` },
  });
  expect(sent[0]?.init.headers).toMatchObject({ "If-Match": `"7"`, "Idempotency-Key": "k" });
});

test("events are listed and appended below their mission", async () => {
  const listing = createApi({ items: [event], nextCursor: "n" });
  const appending = createApi(event);

  const page = await listing.api.listEvents({ missionId: mission.id, limit: 20, cursor: "c" });
  await appending.api.appendEvent(mission.id, "x", "k");

  expect(page.nextCursor).toBe("n");
  expect(listing.sent[0]?.address).toBe(`/api/missions/${mission.id}/events?limit=20&cursor=c`);
  expect(appending.sent[0]).toMatchObject({ init: { method: "POST", body: `{"message":"x"}` } });
  expect(appending.sent[0]?.init.headers).toMatchObject({ "Idempotency-Key": "k" });
});

test("an id cannot lead to another address", async () => {
  const { api, sent } = createApi(mission);

  await api.readMission("../livez?x");

  expect(sent[0]?.address).toBe("/api/missions/..%2Flivez%3Fx");
});

test("an answer of another shape is refused", async () => {
  const { api } = createApi({ items: "none", nextCursor: null });

  await expect(api.listMissions({ state: null, limit: 1, cursor: null })).rejects.toThrow(
    "unreadable",
  );
});
