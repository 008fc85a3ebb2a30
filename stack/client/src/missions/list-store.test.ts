import { expect, test } from "vitest";
import { RequestFailure } from "../http/request-failure.ts";
import { ListStore, type ReadPage } from "./list-store.ts";
import type { Mission, Page } from "./mission.ts";
import { testMissions } from "./test-missions.ts";

type Request = {
  readonly limit: number;
  readonly cursor: string | null;
  readonly answer: (page: Page<Mission>) => void;
  readonly fail: (error: unknown) => void;
};

function createStore(): { store: ListStore<Mission>; requests: Request[] } {
  const requests: Request[] = [];
  const readPage: ReadPage<Mission> = ({ limit, cursor }) =>
    new Promise((answer, fail) => requests.push({ limit, cursor, answer, fail }));
  return { store: new ListStore<Mission>(readPage, () => 1_000), requests };
}

const idle = new AbortController().signal;
const unavailable = new RequestFailure("GET /x", { kind: "refused", status: 503 });

async function filledStore(): Promise<ReturnType<typeof createStore>> {
  const created = createStore();
  const refresh = created.store.refresh(idle);
  created.requests[0]?.answer({ items: testMissions(40, 21), nextCursor: "21" });
  await refresh;
  return created;
}

test("a refresh reads the first page and notes the time", async () => {
  const { store, requests } = await filledStore();

  expect(requests[0]).toMatchObject({ limit: 20, cursor: null });
  expect(store.snapshot.get().list.items).toHaveLength(20);
  expect(store.snapshot.get()).toMatchObject({ updatedAtMs: 1_000, failure: null });
});

test("a failed refresh keeps what is shown and says why; a repetition changes nothing", async () => {
  const { store, requests } = await filledStore();

  const first = store.refresh(idle);
  requests[1]?.fail(unavailable);
  expect(await first).toBe(false);
  const second = store.refresh(idle);
  requests[2]?.fail(new RequestFailure("GET /x", { kind: "refused", status: 503 }));
  await second;

  expect(store.snapshot.get().failure).toBe(unavailable);
  expect(store.snapshot.get().list.items).toHaveLength(20);
});

test("a refresh after a failure clears it", async () => {
  const { store, requests } = await filledStore();
  const failing = store.refresh(idle);
  requests[1]?.fail(unavailable);
  await failing;

  const succeeding = store.refresh(idle);
  requests[2]?.answer({ items: testMissions(40, 21), nextCursor: "21" });

  expect(await succeeding).toBe(true);
  expect(store.snapshot.get().failure).toBeNull();
});

test("the answer and the failure of an aborted refresh are ignored", async () => {
  const { store, requests } = createStore();
  const aborting = new AbortController();

  const answered = store.refresh(aborting.signal);
  const failed = store.refresh(aborting.signal);
  aborting.abort();
  requests[0]?.answer({ items: testMissions(3, 1), nextCursor: null });
  requests[1]?.fail(aborting.signal.reason);

  expect(await Promise.all([answered, failed])).toEqual([false, false]);
  expect(store.snapshot.get()).toMatchObject({ updatedAtMs: null, failure: null });
});

test("more is read behind the cursor, once at a time", async () => {
  const { store, requests } = await filledStore();

  const loading = store.loadMore();
  await store.loadMore();
  expect(store.snapshot.get().isLoadingMore).toBe(true);
  expect(requests).toHaveLength(2);
  requests[1]?.answer({ items: testMissions(20, 1), nextCursor: null });
  await loading;

  expect(requests[1]).toMatchObject({ limit: 20, cursor: "21" });
  expect(store.snapshot.get().list.items).toHaveLength(40);
  await store.loadMore();
  expect(requests).toHaveLength(2);
});

test("a failure to load more can be tried again", async () => {
  const { store, requests } = await filledStore();

  const failing = store.loadMore();
  requests[1]?.fail(unavailable);
  await failing;
  expect(store.snapshot.get()).toMatchObject({
    isLoadingMore: false,
    loadMoreFailure: unavailable,
  });

  const loading = store.loadMore();
  expect(store.snapshot.get().loadMoreFailure).toBeNull();
  requests[2]?.answer({ items: testMissions(20, 1), nextCursor: null });
  await loading;
  expect(store.snapshot.get().list.items).toHaveLength(40);
});

test("a page that no longer follows the end of the list is dropped", async () => {
  const { store, requests } = await filledStore();

  const loading = store.loadMore();
  const refresh = store.refresh(idle);
  requests[2]?.answer({ items: testMissions(90, 71), nextCursor: "71" });
  await refresh;
  requests[1]?.answer({ items: testMissions(20, 1), nextCursor: null });
  await loading;

  expect(store.snapshot.get().list).toEqual({ items: testMissions(90, 71), nextCursor: "71" });
  expect(store.snapshot.get().isLoadingMore).toBe(false);
});

test("a defect is not hidden as a failed request", async () => {
  const { store, requests } = createStore();

  const refresh = store.refresh(idle);
  requests[0]?.fail(new RangeError("a defect"));

  await expect(refresh).rejects.toThrow("a defect");
});
