import { ProblemError } from "../http/problem.ts";
import { limits } from "../limits.ts";

/**
 * Visible ASCII except the double quote and the backslash, which a structured string would escape.
 */
const KEY = /^[\u0021\u0023-\u005b\u005d-\u007e]+$/;

/**
 * Reads an Idempotency-Key header.
 *
 * Accepts the structured string that the draft asks for (`"abc"`) and the bare form that most
 * clients send (`abc`); both name the same key. Undefined when the header is missing. Throws 400
 * when it is malformed. Source: draft-ietf-httpapi-idempotency-key-header-06 §2.
 */
export function readIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined) {
    return undefined;
  }
  const trimmed = header.trim();
  const quoted = trimmed.length >= 2 && trimmed.startsWith('"') && trimmed.endsWith('"');
  const key = quoted ? trimmed.slice(1, -1) : trimmed;
  if (!KEY.test(key) || key.length > limits.idempotencyKeyCharactersMax) {
    throw new ProblemError(
      "malformed-idempotency-key",
      400,
      `Idempotency-Key is malformed, allowed: 1 to ${limits.idempotencyKeyCharactersMax} visible ` +
        "ASCII characters without quotes, backslashes, spaces or commas between several keys",
    );
  }
  return key;
}
