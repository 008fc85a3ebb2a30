import { expect, test } from "vitest";
import { SubmissionKeys } from "./submission-keys.ts";

function createKeys(): SubmissionKeys {
  let count = 0;
  return new SubmissionKeys(() => `key-${(count += 1)}`);
}

test("the same content submitted again carries the same key", () => {
  const keys = createKeys();

  expect(keys.keyFor({ title: "a" })).toBe("key-1");
  expect(keys.keyFor({ title: "a" })).toBe("key-1");
});

test("changed content carries another key", () => {
  const keys = createKeys();
  keys.keyFor({ title: "a" });

  expect(keys.keyFor({ title: "b" })).toBe("key-2");
  expect(keys.keyFor({ title: "a" })).toBe("key-3");
});

test("equal content after a settled submission carries another key", () => {
  const keys = createKeys();
  keys.keyFor({ title: "a" });
  keys.settle();

  expect(keys.keyFor({ title: "a" })).toBe("key-2");
});
