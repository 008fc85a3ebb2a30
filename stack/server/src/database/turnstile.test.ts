import { expect, test } from "vitest";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { Turnstile, TurnTimeoutError } from "./turnstile.ts";

test("lets so many in, and the others in the order of their arrival", async () => {
  const clock = new VirtualClock();
  const turnstile = new Turnstile(clock, 2);
  const order: number[] = [];
  let inside = 0;
  let most = 0;
  const visits = [1, 2, 3, 4, 5].map(async (visitor) => {
    const leave = await turnstile.enter(1_000);
    order.push(visitor);
    inside += 1;
    most = Math.max(most, inside);
    await clock.sleep(10);
    inside -= 1;
    leave();
  });
  await clock.advance(5);
  expect(turnstile.waitingCount).toBe(3);
  await clock.advance(100);
  await Promise.all(visits);
  expect({ order, most, waiting: turnstile.waitingCount }).toEqual({
    order: [1, 2, 3, 4, 5],
    most: 2,
    waiting: 0,
  });
});

test("whoever waits too long goes away, and leaves nothing behind", async () => {
  const clock = new VirtualClock();
  const turnstile = new Turnstile(clock, 1);
  const leave = await turnstile.enter(1_000);
  const late = turnstile.enter(50).catch((error: unknown) => error);
  await clock.advance(60);
  expect(await late).toBeInstanceOf(TurnTimeoutError);
  leave();
  await expect(turnstile.enter(50)).resolves.toBeTypeOf("function");
});
