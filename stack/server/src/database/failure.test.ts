import { expect, test } from "vitest";
import { isExhausted, readFailure, sqlStateOf, violates } from "./failure.ts";
import { TurnTimeoutError } from "./turnstile.ts";

function postgresError(code: string, severity = "ERROR", constraint?: string): Error {
  return Object.assign(new Error("as Postgres words it"), { code, severity, constraint });
}

function systemError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

test.each(["40001", "40P01", "55P03"])(
  "a conflict (%s) may be repeated: nothing happened",
  (code) => {
    expect(readFailure(postgresError(code), "query")).toEqual({
      transient: true,
      unreachable: false,
      effect: "not_applied",
      reason: code,
    });
  },
);

test.each(["23505", "42601", "22P02", "42501"])("a refusal (%s) is final", (code) => {
  expect(readFailure(postgresError(code), "query")).toMatchObject({
    transient: false,
    effect: "not_applied",
  });
});

test.each(["57014", "53100", "53200"])(
  "exhaustion (%s) is final for now, and not our defect",
  (code) => {
    expect(readFailure(postgresError(code), "query").transient).toBe(false);
    expect(isExhausted(code)).toBe(true);
  },
);

test("a session that Postgres ended may have committed before", () => {
  expect(readFailure(postgresError("57P01", "FATAL"), "query")).toEqual({
    transient: true,
    unreachable: true,
    effect: "unknown",
    reason: "57P01",
  });
});

test.each([
  new Error("Query read timeout"),
  new Error("Connection terminated unexpectedly"),
  systemError("ECONNRESET"),
  systemError("EPIPE"),
])("no answer says nothing about the statement: %s", (error) => {
  expect(readFailure(error, "query")).toMatchObject({ transient: true, effect: "unknown" });
});

test("a connection that the driver refuses to use has sent nothing", () => {
  const error = new Error("Client has encountered a connection error and is not queryable");
  expect(readFailure(error, "query")).toMatchObject({ transient: true, effect: "not_applied" });
});

test.each(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH"])(
  "no connection (%s): nothing was sent",
  (code) => {
    expect(readFailure(systemError(code), "connect")).toEqual({
      transient: true,
      unreachable: true,
      effect: "not_applied",
      reason: code,
    });
  },
);

test("a busy pool is no sign that the database is away; a connection that never came about is", () => {
  const busy = new TurnTimeoutError("none free");
  expect(readFailure(busy, "connect")).toMatchObject({ transient: true, unreachable: false });
  const dead = new Error("Connection terminated due to connection timeout");
  expect(readFailure(dead, "connect")).toMatchObject({ transient: true, unreachable: true });
});

test.each(["57P03", "53300", "3D000"])(
  "a server that is not ready (%s) is worth another attempt",
  (code) => {
    expect(readFailure(postgresError(code, "FATAL"), "connect").transient).toBe(true);
  },
);

test.each(["28P01", "28000"])("a server that refuses this client (%s) is not", (code) => {
  expect(readFailure(postgresError(code, "FATAL"), "connect").transient).toBe(false);
});

test("an error code of the system is not taken for an SQLSTATE", () => {
  expect(sqlStateOf(systemError("EPIPE"))).toBeUndefined();
  expect(sqlStateOf(postgresError("23505"))).toBe("23505");
  expect(sqlStateOf("no error at all")).toBeUndefined();
});

test("recognises the constraint, and only that one", () => {
  const error = postgresError("23505", "ERROR", "idempotency_keys_pkey");
  expect(violates(error, "idempotency_keys_pkey")).toBe(true);
  expect(violates(error, "missions_pkey")).toBe(false);
});
