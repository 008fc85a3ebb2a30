import { expect, test } from "vitest";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { FreshFlight } from "./fresh-flight.ts";

function setUp() {
  const clock = new VirtualClock();
  const source = { value: 1, loads: 0, running: 0, most: 0 };
  const load = async (): Promise<number> => {
    source.loads += 1;
    source.running += 1;
    source.most = Math.max(source.most, source.running);
    const read = source.value;
    await clock.sleep(10);
    source.running -= 1;
    return read;
  };
  return { clock, source, load, flights: new FreshFlight<number>() };
}

test("a thousand callers cost two loads, one at a time", async () => {
  const { clock, source, load, flights } = setUp();
  const calls = Array.from({ length: 1_000 }, () => flights.run("a", load));
  await clock.advance(100);
  expect(new Set(await Promise.all(calls))).toEqual(new Set([1]));
  expect(source).toMatchObject({ loads: 2, most: 1 });
  expect(flights.size).toBe(0);
});

test("whoever asks after a change does not receive what was loaded before it", async () => {
  const { clock, source, load, flights } = setUp();
  const before = flights.run("a", load);
  await clock.advance(5);
  source.value = 2;
  const after = flights.run("a", load);
  await clock.advance(100);
  expect([await before, await after]).toEqual([1, 2]);
});

test("a failed load fails its own callers only, and is forgotten", async () => {
  const { clock, load, flights } = setUp();
  const failing = flights.run("a", async () => {
    await clock.sleep(10);
    throw new Error("no database");
  });
  const failed = failing.catch((error: unknown) => error);
  const next = flights.run("a", load);
  await clock.advance(100);
  expect(await failed).toEqual(new Error("no database"));
  expect(await next).toBe(1);
  expect(flights.size).toBe(0);
});

test("keys do not wait for each other", async () => {
  const { clock, source, load, flights } = setUp();
  const calls = [flights.run("a", load), flights.run("b", load)];
  await clock.advance(10);
  await Promise.all(calls);
  expect(source.most).toBe(2);
});
