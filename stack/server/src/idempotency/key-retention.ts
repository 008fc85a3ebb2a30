/**
 * Deletes idempotency keys that are older than the promised retention, in small steps.
 *
 * Every replica does it, at its own time; two at once only delete less each. A failure is logged
 * and the next turn makes up for it.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import { Deadline } from "../deadline.ts";
import { limits } from "../limits.ts";
import type { Logger } from "../logger.ts";

const INTERVAL_MS = 600_000;
const ROWS_PER_STEP = 500;
const STEPS_PER_TURN_MAX = 100;

/** Deletes what is too old; returns how many keys. */
export async function deleteExpiredKeys(database: Database, clock: Clock): Promise<number> {
  let deleted = 0;
  for (let step = 0; step < STEPS_PER_TURN_MAX; step += 1) {
    const rows = await database.run(
      "idempotency.expire",
      {
        text: `DELETE FROM idempotency_keys WHERE key IN (
                 SELECT key FROM idempotency_keys
                 WHERE created_at < now() - make_interval(hours => $1)
                 ORDER BY created_at LIMIT $2)
               RETURNING 1`,
        values: [limits.idempotencyKeyRetentionHours, ROWS_PER_STEP],
      },
      { deadline: new Deadline(clock, limits.databaseBudgetMs), repeatable: true, writes: true },
    );
    deleted += rows.length;
    if (rows.length < ROWS_PER_STEP) {
      break;
    }
  }
  return deleted;
}

/** Runs deleteExpiredKeys for as long as the process lives, or until the signal. */
export async function keepKeysFresh(options: {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}): Promise<void> {
  while (!options.signal.aborted) {
    const pauseMs = INTERVAL_MS * (0.5 + Math.random());
    await delay(pauseMs, undefined, { signal: options.signal, ref: false }).catch(() => undefined);
    if (options.signal.aborted) {
      return;
    }
    try {
      const deleted = await deleteExpiredKeys(options.database, options.clock);
      options.logger.info({ deleted }, "expired idempotency keys were deleted");
    } catch (error) {
      options.logger.warn({ err: error }, "expired idempotency keys could not be deleted");
    }
  }
}
