import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Poller } from "./poller.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

type Attempt = { readonly signal: AbortSignal; readonly finish: (hasSucceeded: boolean) => void };

function createPoller(): {
  poller: Poller;
  attempts: Attempt[];
  page: { isHidden: boolean };
} {
  const attempts: Attempt[] = [];
  const page = { isHidden: false };
  const poller = new Poller({
    refresh: (signal) =>
      new Promise((resolve) => attempts.push({ signal, finish: (success) => resolve(success) })),
    isHidden: () => page.isHidden,
    random: () => 0.5,
  });
  return { poller, attempts, page };
}

async function finish(attempt: Attempt | undefined, hasSucceeded: boolean): Promise<void> {
  attempt?.finish(hasSucceeded);
  await vi.advanceTimersByTimeAsync(0);
}

test("the next refresh starts an interval after the last one ended", async () => {
  const { poller, attempts } = createPoller();
  poller.refreshNow();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(attempts).toHaveLength(1);

  await finish(attempts[0], true);
  await vi.advanceTimersByTimeAsync(4_999);
  expect(attempts).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(attempts).toHaveLength(2);
});

test("failures in a row lengthen the pause, a success resets it", async () => {
  const { poller, attempts } = createPoller();
  poller.refreshNow();
  await finish(attempts[0], false);
  await vi.advanceTimersByTimeAsync(9_999);
  expect(attempts).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  await finish(attempts[1], true);
  await vi.advanceTimersByTimeAsync(5_000);

  expect(attempts).toHaveLength(3);
});

test("a refresh on demand replaces the one under way", async () => {
  const { poller, attempts } = createPoller();
  poller.refreshNow();
  poller.refreshNow();

  expect(attempts.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  await finish(attempts[0], true);
  await finish(attempts[1], true);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(attempts).toHaveLength(3);
});

test("a hidden page is not refreshed, a shown one at once", async () => {
  const { poller, attempts, page } = createPoller();
  poller.refreshNow();
  await finish(attempts[0], true);

  page.isHidden = true;
  poller.visibilityChanged();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(attempts).toHaveLength(1);

  page.isHidden = false;
  poller.visibilityChanged();
  expect(attempts).toHaveLength(2);
});

test("a page that was hidden while it loaded plans no further refresh", async () => {
  const { poller, attempts, page } = createPoller();
  page.isHidden = true;
  poller.refreshNow();
  await finish(attempts[0], true);
  await vi.advanceTimersByTimeAsync(600_000);

  expect(attempts).toHaveLength(1);
});

test("while paused only a demand refreshes; resuming does at once", async () => {
  const { poller, attempts } = createPoller();
  poller.setPaused(true);
  poller.refreshNow();
  await finish(attempts[0], true);
  poller.visibilityChanged();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(attempts).toHaveLength(1);

  poller.setPaused(false);
  expect(attempts).toHaveLength(2);
});

test("a stopped poller aborts what is under way and starts nothing", async () => {
  const { poller, attempts } = createPoller();
  poller.refreshNow();
  poller.stop();
  await finish(attempts[0], true);
  poller.refreshNow();
  poller.visibilityChanged();
  await vi.advanceTimersByTimeAsync(600_000);

  expect(attempts).toHaveLength(1);
  expect(attempts[0]?.signal.aborted).toBe(true);
});

test("a refresh that rejects because it was aborted is no error", async () => {
  const poller = new Poller({
    refresh: (signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
    isHidden: () => false,
    random: () => 0.5,
  });
  poller.refreshNow();
  poller.stop();

  // Vitest fails the run on an unhandled rejection.
  await vi.advanceTimersByTimeAsync(10);
  expect(vi.getTimerCount()).toBe(0);
});
