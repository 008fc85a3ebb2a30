/**
 * Entity tags of missions (RFC 9110 §8.8.3, §13.1): the version as a strong tag, `"7"`.
 */
import { ProblemError } from "./problem.ts";

/** One tag: optional `W/`, then characters 0x21, 0x23–0x7E and obs-text between double quotes. */
const TAG = /^(W\/)?"([\u0021\u0023-\u007e\u0080-\u00ff]*)"$/;
/** Longer than any list a client can need; keeps the work per header bounded. */
const HEADER_CHARACTERS_MAX = 1_000;
const VERSION = /^[1-9][0-9]{0,8}$/;

interface Tag {
  readonly weak: boolean;
  readonly value: string;
}

/** The header value for the given version of a mission. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/** `"*"`, the tags of a list, or undefined when the header is malformed. */
function parseTags(header: string): "*" | readonly Tag[] | undefined {
  const trimmed = header.trim();
  if (trimmed === "*") {
    return "*";
  }
  if (trimmed === "" || trimmed.length > HEADER_CHARACTERS_MAX) {
    return undefined;
  }
  const tags: Tag[] = [];
  for (const part of trimmed.split(",")) {
    const match = TAG.exec(part.trim());
    if (match === null) {
      return undefined;
    }
    tags.push({ weak: match[1] !== undefined, value: match[2] ?? "" });
  }
  return tags;
}

/**
 * True when the client has this version already and 304 is the answer.
 *
 * Weak comparison, as If-None-Match demands; a malformed header is ignored, because the answer is
 * then merely longer.
 */
export function isNotModified(ifNoneMatch: string | undefined, version: number): boolean {
  if (ifNoneMatch === undefined) {
    return false;
  }
  const tags = parseTags(ifNoneMatch);
  if (tags === undefined || tags === "*") {
    return tags === "*";
  }
  return tags.some((tag) => tag.value === String(version));
}

/**
 * What a change is based on: the versions named by If-Match, or `"*"` for any.
 *
 * Strong comparison: weak tags never match, nor do tags that no mission ever had, so the list may
 * come back empty. Throws 428 when the header is missing (RFC 6585 §3), 400 when it is malformed.
 */
export function requiredVersions(ifMatch: string | undefined): "*" | readonly number[] {
  if (ifMatch === undefined) {
    throw new ProblemError(
      "precondition-required",
      428,
      "If-Match is missing, allowed: the ETag of the mission as it was last read; read it and " +
        "try again",
    );
  }
  const tags = parseTags(ifMatch);
  if (tags === undefined) {
    throw new ProblemError(
      "malformed-precondition",
      400,
      'If-Match is malformed, allowed: an entity tag such as "7", a list of them, or *',
    );
  }
  if (tags === "*") {
    return "*";
  }
  return tags.filter((tag) => !tag.weak && VERSION.test(tag.value)).map((tag) => Number(tag.value));
}
