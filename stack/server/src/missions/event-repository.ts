/**
 * The event logs in Postgres. They only grow: the application role may insert and read, nothing
 * else.
 */
import { z } from "zod";
import { DatabaseUnavailableError, type Database } from "../database/database.ts";
import type { Deadline } from "../deadline.ts";
import { findStoredAnswer, type KeyedRequest } from "../idempotency/stored-answer.ts";
import { eventJson, isoText, NOW } from "./mission-sql.ts";
import { missionEventSchema, type MissionEvent, type NewEvent } from "./mission.ts";

/** An event as a write left it, see WrittenMission; undefined when the mission does not exist. */
export type WrittenEvent = { readonly event: MissionEvent; readonly replayed: boolean } | undefined;

const eventRowSchema = z.object({ event: missionEventSchema });
const pageRowSchema = z.object({ event: missionEventSchema.nullable() });

const APPEND_KEYED = `
  WITH next AS (
    SELECT nextval('mission_events_id_seq') AS id, m.id AS mission_id, ${NOW} AS at
    FROM missions AS m WHERE m.id = $3
  ), kept AS (
    INSERT INTO idempotency_keys (key, request_hash, status, body)
    SELECT $1, $2, 201, jsonb_build_object(
      'id', next.id, 'missionId', next.mission_id, 'type', $4::text, 'message', $5::text,
      'createdAt', ${isoText("next.at")})
    FROM next
    ON CONFLICT (key) DO NOTHING
    RETURNING body
  ), appended AS (
    INSERT INTO mission_events (id, mission_id, type, message, created_at)
    SELECT next.id, next.mission_id, $4, $5, next.at FROM next, kept
  )
  SELECT body AS event FROM kept`;

const APPEND = `
  WITH appended AS (
    INSERT INTO mission_events (mission_id, type, message, created_at)
    SELECT m.id, $2, $3, ${NOW} FROM missions AS m WHERE m.id = $1
    RETURNING *
  )
  SELECT ${eventJson("appended")} AS event FROM appended`;

/** One row without an event tells an empty log from a missing mission. */
const LIST = `
  SELECT CASE WHEN e.id IS NULL THEN NULL ELSE ${eventJson("e")} END AS event
  FROM missions AS m
  LEFT JOIN LATERAL (
    SELECT * FROM mission_events
    WHERE mission_id = m.id AND ($2::bigint IS NULL OR id < $2)
    ORDER BY id DESC LIMIT $3
  ) AS e ON true
  WHERE m.id = $1
  ORDER BY e.id DESC`;

export class EventRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Appends an event to the log of a mission, once per key. */
  async append(
    missionId: string,
    event: NewEvent,
    keyed: KeyedRequest | undefined,
    deadline: Deadline,
  ): Promise<WrittenEvent> {
    if (keyed === undefined) {
      const rows = await this.#database.run(
        "events.append",
        { text: APPEND, values: [missionId, event.type, event.message] },
        { deadline, repeatable: false, writes: true },
      );
      return rows[0] === undefined
        ? undefined
        : { event: eventRowSchema.parse(rows[0]).event, replayed: false };
    }
    const values = [keyed.key, keyed.hash, missionId, event.type, event.message];
    const rows = await this.#database.run(
      "events.append",
      { text: APPEND_KEYED, values },
      { deadline, repeatable: true, writes: true },
    );
    if (rows[0] !== undefined) {
      return { event: eventRowSchema.parse(rows[0]).event, replayed: false };
    }
    const stored = await findStoredAnswer(this.#database, keyed, deadline);
    if (stored !== undefined) {
      return { event: missionEventSchema.parse(stored), replayed: true };
    }
    const page = await this.list(missionId, { count: 1, before: undefined }, deadline);
    if (page !== undefined) {
      throw new DatabaseUnavailableError(
        "events.append: the mission or the key appeared meanwhile, allowed: one outcome; repeat " +
          "the request",
      );
    }
    return undefined;
  }

  /** At most `count` events, newest first; undefined when the mission does not exist. */
  async list(
    missionId: string,
    page: { readonly count: number; readonly before: number | undefined },
    deadline: Deadline,
  ): Promise<readonly MissionEvent[] | undefined> {
    const rows = await this.#database.run(
      "events.list",
      { text: LIST, values: [missionId, page.before ?? null, page.count] },
      { deadline, repeatable: true, writes: false },
    );
    if (rows.length === 0) {
      return undefined;
    }
    return rows.flatMap((row) => {
      const { event } = pageRowSchema.parse(row);
      return event === null ? [] : [event];
    });
  }
}
