import { expect, test } from "vitest";
import { ProblemError } from "../http/problem.ts";
import {
  decodeEventCursor,
  decodeMissionCursor,
  encodeEventCursor,
  encodeMissionCursor,
} from "./cursor.ts";

const PLACE = { createdAt: "2026-11-23T02:49:25.993Z", id: "b71da37d-3a28-4df8-8552-bdd70442362e" };

test("a cursor comes back as it was, and fits into a URL", () => {
  const cursor = encodeMissionCursor(PLACE);
  expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(decodeMissionCursor(cursor)).toEqual(PLACE);
  expect(decodeEventCursor(encodeEventCursor(42))).toBe(42);
});

test.each([
  "",
  "zz",
  "e30",
  "x".repeat(5_000),
  Buffer.from('["yesterday","me"]').toString("base64url"),
  encodeEventCursor(42),
])("refuses %s for missions", (cursor) => {
  expect(() => decodeMissionCursor(cursor)).toThrow(ProblemError);
});

test("refuses the cursor of another list for events", () => {
  expect(() => decodeEventCursor(encodeMissionCursor(PLACE))).toThrow(ProblemError);
});
