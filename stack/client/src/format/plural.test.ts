import { expect, test } from "vitest";
import { plural } from "./plural.ts";

test.each([
  [0, "0 missions"],
  [1, "1 mission"],
  [2, "2 missions"],
])("%i reads %j", (count, expected) => {
  expect(plural(count, "mission")).toBe(expected);
});
