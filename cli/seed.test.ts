import { expect, test } from "vitest";
import { CommandError } from "./exit-codes.ts";
import { newSeed, seedFrom } from "./seed.ts";

test.each([
  ["0", 0],
  ["7", 7],
  ["000042", 42],
  ["999999", 999_999],
])("%j is a seed", (text, seed) => {
  expect(seedFrom(text)).toBe(seed);
});

test.each(["", " ", "1000000", "-1", "1.5", "1e3", "0x10", "seven", "7 ", "NaN", "\u0667"])(
  "%j is refused as wrong usage",
  (text) => {
    expect(() => seedFrom(text)).toThrow(CommandError);
    expect(() => seedFrom(text)).toThrow(`--seed is "${text}": allowed is a whole number`);
    expect(() => seedFrom(text)).toThrow(expect.objectContaining({ exitCode: 64 }));
  },
);

test("a new seed can be typed again", () => {
  for (let turn = 0; turn < 1_000; turn += 1) {
    const seed = newSeed();
    expect(seedFrom(String(seed))).toBe(seed);
  }
});
