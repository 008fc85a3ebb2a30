import { expect, test } from "vitest";
import { Deadline, DeadlineExceededError } from "./deadline.ts";
import { VirtualClock } from "./testing/virtual-clock.ts";

test("counts down to zero and not below", async () => {
  const clock = new VirtualClock();
  const deadline = new Deadline(clock, 100);
  await clock.advance(40);
  expect(deadline.remainingMs()).toBe(60);
  await clock.advance(100);
  expect(deadline.remainingMs()).toBe(0);
});

test("passes on what settles in time", async () => {
  const deadline = new Deadline(new VirtualClock(), 100);
  await expect(deadline.bound(Promise.resolve(7), "compute")).resolves.toBe(7);
  await expect(deadline.bound(Promise.reject(new Error("no")), "compute")).rejects.toThrow("no");
});

test("rejects at the deadline, and swallows what happens to the promise later", async () => {
  const clock = new VirtualClock();
  const deadline = new Deadline(clock, 100);
  const late = clock.sleep(150).then(() => {
    throw new Error("too late for anyone");
  });
  const outcome = deadline.bound(late, "compute").catch((error: unknown) => error);
  await clock.advance(200);
  expect(await outcome).toBeInstanceOf(DeadlineExceededError);
});
