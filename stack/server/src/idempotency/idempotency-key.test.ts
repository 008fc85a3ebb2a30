import { expect, test } from "vitest";
import { ProblemError } from "../http/problem.ts";
import { readIdempotencyKey } from "./idempotency-key.ts";
import { requestHash } from "./request-hash.ts";
import { readStoredAnswer } from "./stored-answer.ts";

test("the quoted and the bare form name the same key", () => {
  expect(readIdempotencyKey('"8e03978e-40d5"')).toBe("8e03978e-40d5");
  expect(readIdempotencyKey(" 8e03978e-40d5 ")).toBe("8e03978e-40d5");
  expect(readIdempotencyKey("gw-0123456789abcdef")).toBe("gw-0123456789abcdef");
  expect(readIdempotencyKey("x".repeat(255))).toHaveLength(255);
  expect(readIdempotencyKey(undefined)).toBeUndefined();
});

test.each(["", '""', '"', "a b", "a, b", 'a"b', '"a"b"', "a\\b", "ä", "a\u0000", "x".repeat(256)])(
  "refuses %j",
  (header) => {
    expect(() => readIdempotencyKey(header)).toThrow(ProblemError);
  },
);

test("equal intents have equal fingerprints, different ones do not", () => {
  const hash = requestHash(["POST", "/api/missions", "title", ""]);
  expect(requestHash(["POST", "/api/missions", "title", ""])).toBe(hash);
  expect(requestHash(["POST", "/api/missions", "title", "x"])).not.toBe(hash);
  expect(requestHash(["POST", "/api/missions", "titl", "e"])).not.toBe(hash);
  expect(requestHash(["POST", "/api/missions", "title", null])).not.toBe(hash);
});

test("a stored answer is returned for the same request only", () => {
  const row = { request_hash: "h1", body: { id: 1 } };
  expect(readStoredAnswer(row, { key: "k", hash: "h1" })).toEqual({ id: 1 });
  expect(readStoredAnswer(undefined, { key: "k", hash: "h1" })).toBeUndefined();
  expect(() => readStoredAnswer(row, { key: "k", hash: "h2" })).toThrow(
    expect.objectContaining({ status: 422 }),
  );
});
