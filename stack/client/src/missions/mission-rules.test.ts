import { expect, test } from "vitest";
import {
  checkContent,
  checkMessage,
  countCharacters,
  descriptionLengthMax,
  titleLengthMax,
  trimContent,
} from "./mission-rules.ts";

const fine = { title: null, description: null };

test("a title is enough; the longest texts are accepted", () => {
  expect(checkContent({ title: "a", description: "" })).toEqual(fine);
  expect(
    checkContent({
      title: "a".repeat(titleLengthMax),
      description: "a".repeat(descriptionLengthMax),
    }),
  ).toEqual(fine);
});

test.each(["", "   ", "\n\t"])("the title %j is missing", (title) => {
  expect(checkContent({ title, description: "" }).title).toBe("The title is missing.");
});

test("texts that are one character too long are refused with both numbers", () => {
  const errors = checkContent({
    title: "a".repeat(titleLengthMax + 1),
    description: "a".repeat(descriptionLengthMax + 1),
  });

  expect(errors.title).toBe("The title has 201 characters; at most 200 are possible.");
  expect(errors.description).toContain("2001");
});

test("a character outside the basic plane counts once", () => {
  expect(countCharacters("🚀🚀")).toBe(2);
  expect(checkContent({ title: "🚀".repeat(titleLengthMax), description: "" })).toEqual(fine);
});

test("blanks at both ends neither count nor are sent", () => {
  const title = ` ${"a".repeat(titleLengthMax)} `;

  expect(checkContent({ title, description: "" })).toEqual(fine);
  expect(trimContent({ title: " a ", description: "\nb\n" })).toEqual({
    title: "a",
    description: "b",
  });
});

test("an event needs a text", () => {
  expect(checkMessage("  ")).toBe("The event is missing.");
  expect(checkMessage("a")).toBeNull();
  expect(checkMessage("a".repeat(2_001))).toContain("2001");
});
