/**
 * Checks of data from disk against the types of the record, one guard per shape.
 *
 * A guard says where the first difference is, so that a damaged file is named and not guessed at.
 */

export type Guard<T> = (
  value: unknown,
  path: string,
  report: (problem: string) => void,
) => value is T;

export const text: Guard<string> = primitive("a text", (value) => typeof value === "string");
export const flag: Guard<boolean> = primitive(
  "true or false",
  (value) => typeof value === "boolean",
);
export const number: Guard<number> = primitive("a number", (value) => typeof value === "number");

export function oneOf<const T extends string>(...allowed: readonly T[]): Guard<T> {
  return (value, path, report): value is T => {
    if (allowed.some((each) => each === value)) return true;
    report(`${path} is ${brief(value)}, allowed is ${allowed.join(", ")}`);
    return false;
  };
}

/** A value that can only be this one, such as the version of a format. */
export function exactly<const T extends string | number>(only: T): Guard<T> {
  return (value, path, report): value is T => {
    if (value === only) return true;
    report(`${path} is ${brief(value)}, allowed is ${only}`);
    return false;
  };
}

export function nullable<T>(guard: Guard<T>): Guard<T | null> {
  return (value, path, report): value is T | null => value === null || guard(value, path, report);
}

/** A field that may be missing, such as one that older versions do not know. */
export function optional<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value, path, report): value is T | undefined =>
    value === undefined || guard(value, path, report);
}

export function listOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value, path, report): value is readonly T[] => {
    if (!Array.isArray(value)) {
      report(`${path} is ${brief(value)}, allowed is a list`);
      return false;
    }
    return value.every((each, index) => guard(each, `${path}[${index}]`, report));
  };
}

export function mapOf<T>(guard: Guard<T>): Guard<Readonly<Record<string, T>>> {
  return (value, path, report): value is Readonly<Record<string, T>> => {
    if (!isObject(value)) {
      report(`${path} is ${brief(value)}, allowed is an object`);
      return false;
    }
    return Object.entries(value).every(([key, each]) => guard(each, `${path}.${key}`, report));
  };
}

/** All fields of `T`, no fewer; further fields of a later version are let through. */
export function shapeOf<T extends object>(fields: {
  readonly [Key in keyof T]-?: Guard<T[Key]>;
}): Guard<T> {
  const guards = Object.entries<Guard<unknown>>(fields);
  return (value, path, report): value is T => {
    if (!isObject(value)) {
      report(`${path} is ${brief(value)}, allowed is an object`);
      return false;
    }
    return guards.every(([key, guard]) => guard(value[key], `${path}.${key}`, report));
  };
}

/** Throws `<what>: <where> is <seen>, allowed is <expected>` where the value has another shape. */
export function checkShape<T>(what: string, value: unknown, guard: Guard<T>): T {
  let first: string | null = null;
  const isRight = guard(value, "it", (problem) => {
    first ??= problem;
  });
  if (isRight) return value;
  throw new Error(`${what}: ${first ?? "it has another shape"}`);
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function primitive<T>(expected: string, isRight: (value: unknown) => boolean): Guard<T> {
  return (value, path, report): value is T => {
    if (isRight(value)) return true;
    report(`${path} is ${brief(value)}, allowed is ${expected}`);
    return false;
  };
}

function brief(value: unknown): string {
  if (value === undefined) return "missing";
  const written = JSON.stringify(value) ?? typeof value;
  return written.length > 60 ? `${written.slice(0, 57)}...` : written;
}
