import { expect, test } from "vitest";
import { RequestFailure } from "../http/request-failure.ts";
import type { Mission } from "./mission.ts";
import { MissionStore } from "./mission-store.ts";
import type { MissionsApi } from "./missions-api.ts";
import { testMission } from "./test-missions.ts";

const idle = new AbortController().signal;

function refused(status: number): RequestFailure {
  return new RequestFailure("x", { kind: "refused", status });
}

/** A service with one mission, whose next answers can be made to fail. */
class TestService {
  stored: Mission = testMission(1);
  readFailure: RequestFailure | null = null;
  changeFailure: RequestFailure | null = null;
  readonly keys: string[] = [];

  readonly api: MissionsApi = {
    listMissions: notUsed,
    createMission: notUsed,
    listEvents: notUsed,
    appendEvent: notUsed,
    readMission: async () => {
      if (this.readFailure) throw this.readFailure;
      return this.stored;
    },
    changeMission: async ({ version }, change, key) => {
      this.keys.push(key);
      if (this.changeFailure) throw this.changeFailure;
      if (version !== this.stored.version) throw refused(412);
      this.stored = { ...this.stored, ...change, version: version + 1 };
      return this.stored;
    },
  };

  createStore(known: Mission | null = null): MissionStore {
    let count = 0;
    return new MissionStore({
      api: this.api,
      id: this.stored.id,
      known,
      now: () => 1_000,
      mintKey: () => `key-${(count += 1)}`,
    });
  }
}

function notUsed(): Promise<never> {
  return Promise.reject(new Error("calling the service: not expected in this test"));
}

test("what another page showed is there at once, and is then read anew", async () => {
  const service = new TestService();
  const store = service.createStore(testMission(1, { title: "As listed" }));
  expect(store.snapshot.get().mission?.title).toBe("As listed");

  expect(await store.refresh(idle)).toBe(true);

  expect(store.snapshot.get()).toMatchObject({ mission: service.stored, updatedAtMs: 1_000 });
});

test("a mission that does not exist is missing, which is no failure", async () => {
  const service = new TestService();
  service.readFailure = refused(404);
  const store = service.createStore();

  expect(await store.refresh(idle)).toBe(true);
  expect(store.snapshot.get()).toMatchObject({ isMissing: true, mission: null, failure: null });
});

test("a failed refresh keeps the mission and says why", async () => {
  const service = new TestService();
  const store = service.createStore();
  await store.refresh(idle);
  service.readFailure = refused(503);

  expect(await store.refresh(idle)).toBe(false);
  expect(store.snapshot.get()).toMatchObject({
    mission: service.stored,
    failure: service.readFailure,
  });
});

test("an older answer does not replace a newer mission", async () => {
  const service = new TestService();
  const store = service.createStore(testMission(1, { version: 5, title: "Newer" }));

  await store.refresh(idle);

  expect(store.snapshot.get().mission?.title).toBe("Newer");
});

test("a change of the version that was seen is saved and shown", async () => {
  const service = new TestService();
  const store = service.createStore();

  const outcome = await store.change(service.stored, { state: "active" });

  expect(outcome.kind).toBe("saved");
  expect(store.snapshot.get().mission).toMatchObject({ state: "active", version: 2 });
});

test("a lost race changes nothing and tells what is stored now", async () => {
  const service = new TestService();
  const seen = service.stored;
  const store = service.createStore(seen);
  service.stored = { ...seen, title: "Theirs", version: 2 };

  const outcome = await store.change(seen, { title: "Mine" });

  expect(outcome).toEqual({ kind: "lost-race", seen, current: service.stored });
  expect(service.stored.title).toBe("Theirs");
  expect(store.snapshot.get().mission?.title).toBe("Theirs");
});

test("a lost race whose winner cannot be read is a failure", async () => {
  const service = new TestService();
  const seen = service.stored;
  service.stored = { ...seen, version: 2 };
  service.readFailure = refused(503);

  expect(await service.createStore(seen).change(seen, { title: "Mine" })).toEqual({
    kind: "failed",
    failure: service.readFailure,
  });
});

test("the same change tried again carries the same key, another one another key", async () => {
  const service = new TestService();
  const store = service.createStore();
  service.changeFailure = refused(504);
  const seen = service.stored;

  expect((await store.change(seen, { title: "A" })).kind).toBe("failed");
  await store.change(seen, { title: "A" });
  await store.change(seen, { title: "B" });

  expect(service.keys).toEqual(["key-1", "key-1", "key-2"]);
});

test("an equal change of a later version carries another key", async () => {
  const service = new TestService();
  const store = service.createStore();

  await store.change(service.stored, { title: "A" });
  await store.change(service.stored, { title: "A" });

  expect(service.keys).toEqual(["key-1", "key-2"]);
});
