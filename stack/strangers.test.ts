import { expect, test } from "vitest";
import { placed } from "./strangers.ts";

const wanted = ["172.20.0.5", "172.20.0.7"];

test("strangers are sorted by whether they stand where they shall", () => {
  const strangers = [
    { id: "gap", address: "172.20.0.4" },
    { id: "low", address: "172.20.0.5" },
    { id: "high", address: "172.20.0.7" },
  ];
  const seen = placed(strangers, wanted);
  expect(seen.placed.map(({ id }) => id)).toEqual(["low", "high"]);
  expect(seen.surplus.map(({ id }) => id)).toEqual(["gap"]);
  expect(seen.left).toEqual([]);
});

test("an address on which nobody stands is left", () => {
  expect(placed([], wanted).left).toEqual(wanted);
  expect(placed([{ id: "one", address: "172.20.0.7" }], wanted).left).toEqual(["172.20.0.5"]);
});
