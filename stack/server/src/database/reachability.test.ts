import { expect, test } from "vitest";
import { Deadline } from "../deadline.ts";
import { limits } from "../limits.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { Reachability } from "./reachability.ts";

function setUp() {
  const clock = new VirtualClock();
  const database = { up: false, probes: 0 };
  const changes: boolean[] = [];
  const reachability = new Reachability({
    clock,
    probe: async () => {
      database.probes += 1;
      if (!database.up) {
        throw new Error("refused");
      }
    },
    onChange: (reachable) => changes.push(reachable),
  });
  return { clock, database, changes, reachability };
}

test("one prober asks for all, and wakes them together", async () => {
  const { clock, database, changes, reachability } = setUp();
  reachability.failed();
  reachability.failed();
  const waits = Array.from({ length: 50 }, () =>
    reachability.untilReachable(new Deadline(clock, 5_000)),
  );
  await clock.advance(1_000);
  expect(reachability.waitingCount).toBe(50);
  expect(database.probes).toBeLessThanOrEqual(1_000 / limits.databaseProbeIntervalMs + 1);
  database.up = true;
  await clock.advance(limits.databaseProbeIntervalMs);
  expect(await Promise.all(waits)).toEqual(waits.map(() => true));
  expect(changes).toEqual([false, true]);
  const probes = database.probes;
  await clock.advance(1_000);
  expect(database.probes).toBe(probes);
});

test("a waiting request gives up at its own deadline", async () => {
  const { clock, reachability } = setUp();
  reachability.failed();
  const wait = reachability.untilReachable(new Deadline(clock, 300));
  await clock.advance(299);
  expect(reachability.waitingCount).toBe(1);
  await clock.advance(2);
  expect(await wait).toBe(false);
  expect(reachability.waitingCount).toBe(0);
});

test("a long outage is hopeless until the first success", async () => {
  const { clock, database, reachability } = setUp();
  reachability.failed();
  await clock.advance(limits.databaseOutageMs - 1);
  expect(reachability.hopeless).toBe(false);
  await clock.advance(1);
  expect(reachability.hopeless).toBe(true);
  database.up = true;
  await clock.advance(limits.databaseProbeIntervalMs);
  expect(reachability.hopeless).toBe(false);
});

test("refuses at once when too many wait, and lets all go at a stop", async () => {
  const { clock, reachability } = setUp();
  reachability.failed();
  const waits = Array.from({ length: limits.databaseWaitingRequestsMax }, () =>
    reachability.untilReachable(new Deadline(clock, 5_000)),
  );
  expect(await reachability.untilReachable(new Deadline(clock, 5_000))).toBe(false);
  reachability.stop();
  expect(new Set(await Promise.all(waits))).toEqual(new Set([false]));
});
