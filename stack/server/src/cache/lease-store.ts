/**
 * The lease row in Postgres; its functions are in stack/database/migrations/0002_cache_lease.sql.
 */
import { z } from "zod";
import type { Database, Row } from "../database/database.ts";
import type { Deadline } from "../deadline.ts";
import { limits } from "../limits.ts";
import type { LeaseRow, LeaseStore } from "./cache-lease.ts";

const COLUMNS = `generation, open,
  NOT open AND unreachable_seen_at < clock_timestamp() - make_interval(secs => $1) AS may_reopen`;

const READ = `SELECT ${COLUMNS} FROM cache_lease`;
const TURN = `SELECT ${COLUMNS} FROM cache_lease_turn($2, $3)`;
const MISS_REDIS = `
  UPDATE cache_lease SET unreachable_seen_at = clock_timestamp()
  WHERE unreachable_seen_at < clock_timestamp() - interval '1 second'`;

const rowSchema = z.object({
  generation: z.string(),
  open: z.boolean(),
  may_reopen: z.boolean(),
});

function toLeaseRow(row: Row | undefined): LeaseRow {
  const read = rowSchema.parse(row);
  return { generation: read.generation, open: read.open, mayReopen: read.may_reopen };
}

/** All three statements may be repeated: turning names the generation that it ends. */
export function createLeaseStore(database: Database): LeaseStore {
  return {
    async read(deadline) {
      const rows = await database.run(
        "cache_lease.read",
        { text: READ, values: [limits.cacheReopenSeconds] },
        { deadline, repeatable: true, writes: false },
      );
      return toLeaseRow(rows[0]);
    },
    async missRedis(deadline: Deadline) {
      await database.run(
        "cache_lease.miss_redis",
        { text: MISS_REDIS, values: [] },
        { deadline, repeatable: true, writes: false },
      );
    },
    async turn(generation, becomesOpen, deadline) {
      const rows = await database.run(
        "cache_lease.turn",
        { text: TURN, values: [limits.cacheReopenSeconds, generation, becomesOpen] },
        { deadline, repeatable: true, writes: false },
      );
      return toLeaseRow(rows[0]);
    },
  };
}
