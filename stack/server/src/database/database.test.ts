import { expect, test } from "vitest";
import { Deadline } from "../deadline.ts";
import { limits } from "../limits.ts";
import { createMetrics } from "../metrics.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import {
  Database,
  DatabaseUnavailableError,
  OutcomeUnknownError,
  type Connection,
  type Row,
} from "./database.ts";

type Answer = readonly Row[] | Error | "silence";

function postgresError(code: string, severity = "ERROR"): Error {
  return Object.assign(new Error("as Postgres words it"), { code, severity });
}

const REFUSED = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
const RESET = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });

/** A driver that gives the listed answers in turn; pings are answered while `up`. */
function setUp(answers: Answer[]) {
  const clock = new VirtualClock();
  const seen = { up: true, statements: 0, destroyed: [] as boolean[], listeners: 0 };
  const connection: Connection = {
    async query(query) {
      if (query.text === "SELECT 1") {
        return { rows: [] };
      }
      seen.statements += 1;
      const answer = answers.shift() ?? [];
      if (answer === "silence") {
        await clock.sleep(query.query_timeout);
        throw new Error("Query read timeout");
      }
      if (answer instanceof Error) {
        throw answer;
      }
      return { rows: answer };
    },
    on: () => (seen.listeners += 1),
    removeListener: () => (seen.listeners -= 1),
    release: (destroy) => seen.destroyed.push(destroy),
  };
  const pool = {
    totalCount: 3,
    idleCount: 1,
    connect: async () => {
      if (!seen.up) {
        throw REFUSED;
      }
      return connection;
    },
    end: async () => undefined,
  };
  const metrics = createMetrics({ buildId: "test", replicaId: "test" });
  const database = new Database({
    pool,
    poolSize: 3,
    clock,
    metrics,
    onReachabilityChange: () => undefined,
    random: () => 1,
  });
  return { clock, seen, database, metrics };
}

const STATEMENT = { text: "INSERT", values: [] };

/** Runs the statement while time passes; returns the rows or the error. */
async function run(
  { clock, database }: ReturnType<typeof setUp>,
  options: { readonly repeatable: boolean; readonly writes: boolean },
): Promise<{ readonly outcome: unknown; readonly unknownEffects: number }> {
  let unknownEffects = 0;
  const running = database
    .run("test", STATEMENT, {
      ...options,
      deadline: new Deadline(clock, limits.databaseBudgetMs),
      onUnknownEffect: () => {
        unknownEffects += 1;
      },
    })
    .catch((error: unknown) => error);
  await clock.advance(limits.databaseBudgetMs * 2);
  return { outcome: await running, unknownEffects };
}

const KEYED = { repeatable: true, writes: true };
const UNKEYED = { repeatable: false, writes: true };
const READ = { repeatable: true, writes: false };

test("a keyed write is repeated after a lost connection, and the broken one is destroyed", async () => {
  const parts = setUp([RESET, [{ id: 1 }]]);
  expect(await run(parts, KEYED)).toEqual({ outcome: [{ id: 1 }], unknownEffects: 1 });
  expect(parts.seen.statements).toBe(2);
  expect(parts.seen.destroyed).toContain(true);
  expect(parts.seen.listeners).toBe(0);
});

test("a write without a key is not repeated, and its outcome is unknown", async () => {
  const parts = setUp([RESET, [{ id: 1 }]]);
  const { outcome } = await run(parts, UNKEYED);
  expect(outcome).toBeInstanceOf(OutcomeUnknownError);
  expect(parts.seen.statements).toBe(1);
});

test("a refused connection of a write without a key is certain: it took no effect", async () => {
  const parts = setUp([]);
  parts.seen.up = false;
  expect((await run(parts, UNKEYED)).outcome).toBeInstanceOf(DatabaseUnavailableError);
});

test("what once may have taken effect stays unknown when later attempts do not get through", async () => {
  const parts = setUp(["silence", "silence", "silence", "silence"]);
  const { outcome, unknownEffects } = await run(parts, KEYED);
  expect(outcome).toBeInstanceOf(OutcomeUnknownError);
  expect(unknownEffects).toBeGreaterThan(1);
});

test("a read that gets no answer is merely unavailable", async () => {
  const parts = setUp(["silence", "silence", "silence", "silence"]);
  expect((await run(parts, READ)).outcome).toBeInstanceOf(DatabaseUnavailableError);
});

test("gives up within the budget", async () => {
  const parts = setUp(Array.from({ length: 20 }, (): Answer => "silence"));
  const startedAtMs = parts.clock.nowMs();
  let endedAtMs = Number.NaN;
  const deadline = new Deadline(parts.clock, limits.databaseBudgetMs);
  const running = parts.database.run("test", STATEMENT, { ...READ, deadline }).catch(() => {
    endedAtMs = parts.clock.nowMs();
  });
  await parts.clock.advance(60_000);
  await running;
  expect(endedAtMs - startedAtMs).toBeLessThanOrEqual(limits.databaseBudgetMs);
});

test("a conflict is repeated on the same connection; a refusal is passed on at once", async () => {
  const conflict = setUp([postgresError("40P01"), [{ id: 2 }]]);
  expect((await run(conflict, KEYED)).outcome).toEqual([{ id: 2 }]);
  expect(conflict.seen.destroyed).toEqual([false, false]);

  const refusal = postgresError("23505");
  const refused = setUp([refusal, [{ id: 2 }]]);
  expect((await run(refused, KEYED)).outcome).toBe(refusal);
  expect(refused.seen.statements).toBe(1);
});

test("a cancelled statement is unavailability, not a defect", async () => {
  const parts = setUp([postgresError("57014")]);
  expect((await run(parts, KEYED)).outcome).toBeInstanceOf(DatabaseUnavailableError);
  expect(parts.seen.statements).toBe(1);
});

test("in a long outage new requests are refused at once, and served again right after it", async () => {
  const parts = setUp([]);
  parts.seen.up = false;
  await run(parts, READ);
  const deadline = new Deadline(parts.clock, limits.databaseBudgetMs);
  await expect(parts.database.run("test", STATEMENT, { ...READ, deadline })).rejects.toThrow(
    DatabaseUnavailableError,
  );
  parts.seen.up = true;
  await parts.clock.advance(limits.databaseProbeIntervalMs);
  const later = new Deadline(parts.clock, limits.databaseBudgetMs);
  await expect(
    parts.database.run("test", STATEMENT, { ...READ, deadline: later }),
  ).resolves.toEqual([]);
});

test("refuses at once when too many wait for a connection, and counts who waits", async () => {
  const parts = setUp(Array.from({ length: 5_000 }, (): Answer => "silence"));
  const deadline = new Deadline(parts.clock, limits.databaseBudgetMs);
  const runs = Array.from({ length: limits.databaseWaitingRequestsMax + 2 }, () =>
    parts.database.run("test", STATEMENT, { ...READ, deadline }).catch((error: unknown) => error),
  );
  await parts.clock.advance(1);
  parts.database.recordPool();
  const text = await parts.metrics.registry.metrics();
  expect(text).toContain(
    `db_pool_connections{state="waiting",replica_id="test"} ${limits.databaseWaitingRequestsMax}`,
  );
  expect(parts.seen.statements).toBe(2);
  await expect(parts.database.run("test", STATEMENT, { ...READ, deadline })).rejects.toThrow(
    "wait for a connection already",
  );
  await parts.clock.advance(60_000);
  await Promise.all(runs);
});

test("publishes the pool and the reasons of retries", async () => {
  const parts = setUp([RESET, []]);
  await run(parts, KEYED);
  parts.database.recordPool();
  const text = await parts.metrics.registry.metrics();
  expect(text).toContain(
    'db_retries_total{operation="test",reason="ECONNRESET",replica_id="test"} 1',
  );
  expect(text).toContain('db_pool_connections{state="busy",replica_id="test"} 2');
  expect(text).toContain('db_pool_connections{state="waiting",replica_id="test"} 0');
});
