import { createHash } from "node:crypto";

/**
 * A fingerprint of what a request asks for, equal for equal requests whatever their formatting.
 *
 * @param intent what the server understood, after validation: its parts in a fixed order
 */
export function requestHash(intent: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(intent)).digest("hex");
}
