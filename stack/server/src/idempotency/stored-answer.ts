/**
 * The answer that an idempotency key has already received.
 *
 * A key is stored by the same statement that has the effect, so it exists exactly if the effect
 * does, and there is no "still running" state: whoever comes second waits inside Postgres for the
 * first to end.
 */
import { z } from "zod";
import type { Database, Row } from "../database/database.ts";
import type { Deadline } from "../deadline.ts";
import { ProblemError } from "../http/problem.ts";

/** A key together with the fingerprint of the request that carries it. */
export interface KeyedRequest {
  readonly key: string;
  readonly hash: string;
}

const storedAnswerSchema = z.object({ request_hash: z.string(), body: z.unknown() });

/**
 * The stored body for `request`, undefined when the key is unknown; throws 422 for another request.
 */
export function readStoredAnswer(row: Row | undefined, request: KeyedRequest): unknown {
  if (row === undefined) {
    return undefined;
  }
  const stored = storedAnswerSchema.parse(row);
  if (stored.request_hash !== request.hash) {
    throw new ProblemError(
      "idempotency-key-reused",
      422,
      "The key was sent with another request before, allowed: a fresh key for each new request",
    );
  }
  return stored.body;
}

/** Looks the key up; see readStoredAnswer. */
export async function findStoredAnswer(
  database: Database,
  request: KeyedRequest,
  deadline: Deadline,
): Promise<unknown> {
  const rows = await database.run(
    "idempotency.find",
    {
      text: "SELECT request_hash, body FROM idempotency_keys WHERE key = $1",
      values: [request.key],
    },
    { deadline, repeatable: true, writes: false },
  );
  return readStoredAnswer(rows[0], request);
}
