import { expect, test } from "vitest";
import {
  readInteger,
  readList,
  readObject,
  readString,
  readStringOrNull,
  readTime,
  UnexpectedShapeError,
} from "./json.ts";

test("values of the right kind are returned", () => {
  const object = readObject({ text: "a", count: 3, time: "2026-01-01T00:00:00Z", none: null }, "x");

  expect(readString(object, "text", "x")).toBe("a");
  expect(readInteger(object, "count", "x")).toBe(3);
  expect(readTime(object, "time", "x")).toBe("2026-01-01T00:00:00Z");
  expect(readStringOrNull(object, "none", "x")).toBeNull();
  expect(readList({ list: [1, 2] }, "list", "x", String)).toEqual(["1", "2"]);
});

test.each([
  ["a list in place of an object", () => readObject([], "mission")],
  ["null in place of an object", () => readObject(null, "mission")],
  ["a number in place of a text", () => readString({ title: 1 }, "title", "mission")],
  ["a missing text", () => readStringOrNull({}, "nextCursor", "page")],
  ["a fraction", () => readInteger({ version: 1.5 }, "version", "mission")],
  ["a text that is no time", () => readTime({ createdAt: "soon" }, "createdAt", "mission")],
  ["an object in place of a list", () => readList({ items: {} }, "items", "page", String)],
])("%s is refused", (_name, read) => {
  expect(read).toThrow(UnexpectedShapeError);
});

test("the error names the member, what it was and what it should be", () => {
  expect(() => readInteger({ version: "7" }, "version", "mission")).toThrow(
    'reading mission.version: got "7", expected an integer',
  );
});
