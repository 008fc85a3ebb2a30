/**
 * SQL fragments that more than one statement needs. Constants only: a value never becomes text.
 *
 * Postgres itself writes the JSON of a mission, so that an answer read from the table and one
 * stored beside an idempotency key are the same characters.
 */
const ISO_FORMAT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/** A moment as ISO 8601 in UTC with milliseconds. */
export function isoText(expression: string): string {
  return `to_char(${expression} AT TIME ZONE 'UTC', ${ISO_FORMAT})`;
}

/** The JSON of the mission row with the given alias. */
export function missionJson(alias: string): string {
  return `jsonb_build_object(
    'id', ${alias}.id, 'title', ${alias}.title, 'description', ${alias}.description,
    'state', ${alias}.state, 'version', ${alias}.version,
    'createdAt', ${isoText(`${alias}.created_at`)},
    'updatedAt', ${isoText(`${alias}.updated_at`)})`;
}

/** The JSON of the event row with the given alias. */
export function eventJson(alias: string): string {
  return `jsonb_build_object(
    'id', ${alias}.id, 'missionId', ${alias}.mission_id, 'type', ${alias}.type,
    'message', ${alias}.message, 'createdAt', ${isoText(`${alias}.created_at`)})`;
}

/** The time of the statement in the resolution of the tables. */
export const NOW = "date_trunc('milliseconds', now())";
