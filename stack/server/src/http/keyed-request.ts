import type { Request } from "express";
import { readIdempotencyKey } from "../idempotency/idempotency-key.ts";
import { requestHash } from "../idempotency/request-hash.ts";
import type { KeyedRequest } from "../idempotency/stored-answer.ts";

/**
 * The key of a request and the fingerprint of what it asks for; undefined when it carries no key.
 *
 * @param intent what the server understood of the request besides method and path, in a fixed order
 */
export function keyedRequest(
  request: Request,
  intent: readonly unknown[],
): KeyedRequest | undefined {
  const key = readIdempotencyKey(request.get("Idempotency-Key"));
  return key === undefined
    ? undefined
    : { key, hash: requestHash([request.method, request.path, ...intent]) };
}
