import { expect, test } from "vitest";
import { placeOf } from "./place.ts";

const claims = ["tls/a", "tls/b", "load/c"];

test("the time that is left counts the claim that is measured now", () => {
  const last = new Map([
    ["tls/a", 100_000],
    ["tls/b", 2_000],
    ["load/c", 60_000],
  ]);

  expect(placeOf(claims, 1, last)).toBe("claim tls/b (2 of 3), about 1 min 2 s left");
});

test("a claim that was never measured makes no guess", () => {
  expect(placeOf(claims, 0, new Map([["tls/a", 1_000]]))).toBe("claim tls/a (1 of 3)");
});
