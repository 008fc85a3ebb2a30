/**
 * Missions in Postgres. Each method is one statement, or one statement and the question why it did
 * nothing.
 *
 * A write that carries a key stores effect, event, key and answer in the same statement: after a
 * crash at any point all of them exist or none. `ON CONFLICT` and the unique key make concurrent
 * requests with the same key wait for each other inside Postgres.
 */
import { z } from "zod";
import { violates } from "../database/failure.ts";
import { DatabaseUnavailableError, type Database } from "../database/database.ts";
import type { Deadline } from "../deadline.ts";
import { ProblemError } from "../http/problem.ts";
import {
  findStoredAnswer,
  readStoredAnswer,
  type KeyedRequest,
} from "../idempotency/stored-answer.ts";
import type { MissionCursor } from "./cursor.ts";
import { isoText, missionJson, NOW } from "./mission-sql.ts";
import {
  missionSchema,
  predecessorsOf,
  type Mission,
  type MissionChange,
  type MissionState,
  type NewMission,
} from "./mission.ts";

/** A mission as a write left it; `replayed` when the answer comes from the table of keys. */
export interface WrittenMission {
  readonly mission: Mission;
  readonly replayed: boolean;
}

export interface ChangeRequest {
  readonly id: string;
  readonly change: MissionChange;
  /** The versions that the change may be based on. */
  readonly versions: "*" | readonly number[];
  readonly keyed: KeyedRequest | undefined;
  /** The generation of the cache that the caller has prepared for this change. */
  readonly generation: string;
}

export type ChangeOutcome =
  | ({ readonly kind: "changed" } & WrittenMission)
  | { readonly kind: "missing" }
  | { readonly kind: "stale"; readonly version: number }
  | { readonly kind: "invalid_transition"; readonly from: MissionState }
  | { readonly kind: "generation_moved" };

const missionRowSchema = z.object({ mission: missionSchema });

const CREATE_KEYED = `
  WITH moment AS (SELECT ${NOW} AS at),
  kept AS (
    INSERT INTO idempotency_keys (key, request_hash, status, body)
    SELECT $1, $2, 201, jsonb_build_object(
      'id', $3::uuid, 'title', $4::text, 'description', $5::text, 'state', 'planned', 'version', 1,
      'createdAt', ${isoText("moment.at")}, 'updatedAt', ${isoText("moment.at")})
    FROM moment
    ON CONFLICT (key) DO NOTHING
    RETURNING body
  ), created AS (
    INSERT INTO missions (id, title, description, created_at, updated_at, idempotency_key)
    SELECT $3, $4, $5, moment.at, moment.at, $1 FROM moment, kept
    RETURNING id, created_at
  ), event AS (
    INSERT INTO mission_events (mission_id, type, message, created_at)
    SELECT id, 'created', 'The mission was planned.', created_at FROM created
  )
  SELECT body AS mission FROM kept`;

const CREATE = `
  WITH created AS (
    INSERT INTO missions (id, title, description, created_at, updated_at)
    VALUES ($1, $2, $3, ${NOW}, ${NOW})
    RETURNING *
  ), event AS (
    INSERT INTO mission_events (mission_id, type, message, created_at)
    SELECT id, 'created', 'The mission was planned.', created_at FROM created
  )
  SELECT ${missionJson("created")} AS mission FROM created`;

const READ = `SELECT ${missionJson("m")} AS mission FROM missions AS m WHERE m.id = $1`;

/** The generation is held until the statement has committed; see cache-lease.ts. */
const CHANGE = `
  WITH held AS MATERIALIZED (SELECT cache_lease_hold() AS generation),
  changed AS (
    UPDATE missions AS m
    SET title = coalesce($2, m.title), description = coalesce($3, m.description),
        state = coalesce($4, m.state), version = m.version + 1,
        updated_at = greatest(${NOW}, m.updated_at)
    FROM held
    WHERE m.id = $1
      AND ($5::integer[] IS NULL OR m.version = ANY ($5))
      AND ($4::text IS NULL OR m.state = ANY ($6::text[]))
      AND held.generation = $7
      AND NOT EXISTS (SELECT FROM idempotency_keys WHERE key = $8)
    RETURNING m.*
  ), event AS (
    INSERT INTO mission_events (mission_id, type, message, created_at)
    SELECT id, 'state_changed', 'The mission is now ' || state || '.', updated_at
      FROM changed WHERE $4::text IS NOT NULL
    UNION ALL
    SELECT id, 'details_changed', 'Title or description was changed.', updated_at
      FROM changed WHERE $2::text IS NOT NULL OR $3::text IS NOT NULL
  ), kept AS (
    INSERT INTO idempotency_keys (key, request_hash, status, body)
    SELECT $8, $9, 200, ${missionJson("changed")} FROM changed WHERE $8::text IS NOT NULL
  )
  SELECT ${missionJson("changed")} AS mission FROM changed`;

const WHY_UNCHANGED = `
  SELECT (SELECT generation FROM cache_lease) AS generation,
         (SELECT ${missionJson("m")} FROM missions AS m WHERE m.id = $1) AS mission,
         (SELECT jsonb_build_object('request_hash', request_hash, 'body', body)
            FROM idempotency_keys WHERE key = $2) AS stored`;

const whyUnchangedSchema = z.object({
  generation: z.string(),
  mission: missionSchema.nullable(),
  stored: z.record(z.string(), z.unknown()).nullable(),
});

const LIST_COLUMNS = `SELECT ${missionJson("m")} AS mission FROM missions AS m`;
const LIST_ORDER = "ORDER BY m.created_at DESC, m.id DESC LIMIT $1";

export class MissionRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Creates a mission with the given id, once per key. */
  async create(
    id: string,
    mission: NewMission,
    keyed: KeyedRequest | undefined,
    deadline: Deadline,
  ): Promise<WrittenMission> {
    if (keyed === undefined) {
      const rows = await this.#database.run(
        "missions.create",
        { text: CREATE, values: [id, mission.title, mission.description] },
        { deadline, repeatable: false, writes: true },
      );
      return { mission: missionRowSchema.parse(rows[0]).mission, replayed: false };
    }
    const values = [keyed.key, keyed.hash, id, mission.title, mission.description];
    const rows = await this.#database
      .run(
        "missions.create",
        { text: CREATE_KEYED, values },
        { deadline, repeatable: true, writes: true },
      )
      .catch((error: unknown) => {
        if (violates(error, "missions_idempotency_key_unique")) {
          throw new ProblemError(
            "answer-not-kept",
            409,
            "A mission was created with this key so long ago that the answer is no longer kept, " +
              "allowed: a fresh key for each new request",
          );
        }
        throw error;
      });
    if (rows[0] !== undefined) {
      return { mission: missionRowSchema.parse(rows[0]).mission, replayed: false };
    }
    const stored = await findStoredAnswer(this.#database, keyed, deadline);
    if (stored === undefined) {
      throw new DatabaseUnavailableError(
        "missions.create: the key was there and is gone, allowed: one of both; repeat the request",
      );
    }
    return { mission: missionSchema.parse(stored), replayed: true };
  }

  /** The mission, undefined when there is none. */
  async read(id: string, deadline: Deadline): Promise<Mission | undefined> {
    const rows = await this.#database.run(
      "missions.read",
      { text: READ, values: [id] },
      { deadline, repeatable: true, writes: false },
    );
    return rows[0] === undefined ? undefined : missionRowSchema.parse(rows[0]).mission;
  }

  /** At most `count` missions, newest first, after the cursor. */
  async list(
    filter: {
      readonly count: number;
      readonly state: MissionState | undefined;
      readonly after: MissionCursor | undefined;
    },
    deadline: Deadline,
  ): Promise<readonly Mission[]> {
    const values: unknown[] = [filter.count];
    const conditions: string[] = [];
    if (filter.state !== undefined) {
      values.push(filter.state);
      conditions.push(`m.state = $${values.length}`);
    }
    if (filter.after !== undefined) {
      values.push(filter.after.createdAt, filter.after.id);
      conditions.push(
        `(m.created_at, m.id) < ($${values.length - 1}::timestamptz, $${values.length}::uuid)`,
      );
    }
    const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
    const rows = await this.#database.run(
      "missions.list",
      { text: `${LIST_COLUMNS} ${where} ${LIST_ORDER}`, values },
      { deadline, repeatable: true, writes: false },
    );
    return rows.map((row) => missionRowSchema.parse(row).mission);
  }

  /**
   * Applies a change, or says why it did not. Throws 422 when the key belongs to another request.
   */
  async change(
    request: ChangeRequest,
    deadline: Deadline,
    onUnknownEffect: () => void,
  ): Promise<ChangeOutcome> {
    const { id, change, versions, keyed, generation } = request;
    const values = [
      id,
      change.title ?? null,
      change.description ?? null,
      change.state ?? null,
      versions === "*" ? null : versions,
      change.state === undefined ? [] : predecessorsOf(change.state),
      generation,
      keyed?.key ?? null,
      keyed?.hash ?? null,
    ];
    const rows = await this.#database
      .run(
        "missions.change",
        { text: CHANGE, values },
        { deadline, repeatable: keyed !== undefined, writes: true, onUnknownEffect },
      )
      .catch((error: unknown) => {
        if (violates(error, "idempotency_keys_pkey")) {
          return [];
        }
        throw error;
      });
    if (rows[0] !== undefined) {
      return { kind: "changed", mission: missionRowSchema.parse(rows[0]).mission, replayed: false };
    }
    return this.#whyUnchanged(request, deadline);
  }

  async #whyUnchanged(request: ChangeRequest, deadline: Deadline): Promise<ChangeOutcome> {
    const rows = await this.#database.run(
      "missions.why_unchanged",
      { text: WHY_UNCHANGED, values: [request.id, request.keyed?.key ?? null] },
      { deadline, repeatable: true, writes: false },
    );
    const { generation, mission, stored } = whyUnchangedSchema.parse(rows[0]);
    if (request.keyed !== undefined && stored !== null) {
      const answer = missionSchema.parse(readStoredAnswer(stored, request.keyed));
      return { kind: "changed", mission: answer, replayed: true };
    }
    if (mission === null) {
      return { kind: "missing" };
    }
    if (request.versions !== "*" && !request.versions.includes(mission.version)) {
      return { kind: "stale", version: mission.version };
    }
    const state = request.change.state;
    if (state !== undefined && !predecessorsOf(state).includes(mission.state)) {
      return { kind: "invalid_transition", from: mission.state };
    }
    if (generation === request.generation) {
      throw new DatabaseUnavailableError(
        "missions.change: nothing stands against the change any more, allowed: a result; repeat " +
          "the request",
      );
    }
    return { kind: "generation_moved" };
  }
}
