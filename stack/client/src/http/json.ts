/** Thrown when an answer is not of the shape that the interface promises. */
export class UnexpectedShapeError extends Error {
  override readonly name = "UnexpectedShapeError";

  constructor(subject: string, expected: string, seen: unknown) {
    super(`reading ${subject}: got ${describe(seen)}, expected ${expected}`);
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "string" || typeof value === "number") return JSON.stringify(value);
  return typeof value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function readObject(value: unknown, subject: string): JsonObject {
  if (!isObject(value)) throw new UnexpectedShapeError(subject, "an object", value);
  return value;
}

export function readString(object: JsonObject, key: string, subject: string): string {
  const value = object[key];
  if (typeof value !== "string") {
    throw new UnexpectedShapeError(`${subject}.${key}`, "a string", value);
  }
  return value;
}

export function readInteger(object: JsonObject, key: string, subject: string): number {
  const value = object[key];
  if (typeof value !== "number" || !Number.isSafeInteger(value)) {
    throw new UnexpectedShapeError(`${subject}.${key}`, "an integer", value);
  }
  return value;
}

/** Reads an ISO 8601 time and keeps its text; a text that is no time is refused. */
export function readTime(object: JsonObject, key: string, subject: string): string {
  const value = readString(object, key, subject);
  if (Number.isNaN(Date.parse(value))) {
    throw new UnexpectedShapeError(`${subject}.${key}`, "an ISO 8601 time", value);
  }
  return value;
}

export function readList<Item>(
  object: JsonObject,
  key: string,
  subject: string,
  readItem: (value: unknown) => Item,
): readonly Item[] {
  const value = object[key];
  if (!Array.isArray(value)) {
    throw new UnexpectedShapeError(`${subject}.${key}`, "a list", value);
  }
  return value.map((item: unknown) => readItem(item));
}

export function readStringOrNull(object: JsonObject, key: string, subject: string): string | null {
  return object[key] === null ? null : readString(object, key, subject);
}
