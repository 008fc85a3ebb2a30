import { expect, test } from "vitest";
import { entityTag, isNotModified, requiredVersions } from "./entity-tag.ts";
import { ProblemError } from "./problem.ts";

function statusOf(run: () => unknown): number {
  try {
    run();
  } catch (error) {
    return error instanceof ProblemError ? error.status : Number.NaN;
  }
  return 200;
}

test.each([
  ['"7"', true],
  ['W/"7"', true],
  ['"6", "7"', true],
  ["*", true],
  ['"8"', false],
  ["7", false],
  ["", false],
  ['"7', false],
  [undefined, false],
])("If-None-Match: %s against version 7 is %s", (header, expected) => {
  expect(isNotModified(header, 7)).toBe(expected);
});

test("If-Match yields the versions it names, by strong comparison", () => {
  expect(requiredVersions(entityTag(7))).toEqual([7]);
  expect(requiredVersions('"7", "9"')).toEqual([7, 9]);
  expect(requiredVersions('W/"7"')).toEqual([]);
  expect(requiredVersions('"abc"')).toEqual([]);
  expect(requiredVersions('"99999999999"')).toEqual([]);
  expect(requiredVersions(" * ")).toBe("*");
});

test("a missing If-Match is 428, a malformed one 400", () => {
  expect(statusOf(() => requiredVersions(undefined))).toBe(428);
  for (const header of ["7", "", '"7" "8"', '"7', `"${"7".repeat(2_000)}"`]) {
    expect(statusOf(() => requiredVersions(header))).toBe(400);
  }
});
