/**
 * Cursors of lists: the place after the last item seen, opaque to clients.
 *
 * They name a row and not a number of rows, so a page neither repeats nor skips items when others
 * are created between two requests.
 */
import { z } from "zod";
import { ProblemError } from "../http/problem.ts";

const CURSOR_CHARACTERS_MAX = 200;

const missionCursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);
const eventCursorSchema = z.tuple([z.number().int().positive()]);

export interface MissionCursor {
  readonly createdAt: string;
  readonly id: string;
}

function encode(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

function decode<T>(cursor: string, schema: z.ZodType<T>): T {
  try {
    if (cursor.length <= CURSOR_CHARACTERS_MAX) {
      const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
      return schema.parse(parsed);
    }
  } catch {
    // The problem below says all that the client can use.
  }
  throw new ProblemError(
    "malformed-parameter",
    400,
    "cursor is not one that this list has returned, allowed: the nextCursor of an earlier answer",
    { errors: [{ at: "cursor", detail: "unknown form" }] },
  );
}

export function encodeMissionCursor(mission: MissionCursor): string {
  return encode([mission.createdAt, mission.id]);
}

/** Throws 400 for anything that encodeMissionCursor does not write. */
export function decodeMissionCursor(cursor: string): MissionCursor {
  const [createdAt, id] = decode(cursor, missionCursorSchema);
  return { createdAt, id };
}

export function encodeEventCursor(eventId: number): string {
  return encode([eventId]);
}

/** Throws 400 for anything that encodeEventCursor does not write. */
export function decodeEventCursor(cursor: string): number {
  return decode(cursor, eventCursorSchema)[0];
}
