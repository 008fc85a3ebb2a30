import { expect, test } from "vitest";
import { until } from "./until.ts";

test("waits until a look sees the state, and no longer", async () => {
  const seen = ["starting", "starting", null, "never asked"];

  await until("healthy", async () => seen.shift() ?? null, 5_000);

  expect(seen).toEqual(["never asked"]);
});

test("gives up with the last thing seen and the limit", async () => {
  await expect(until("healthy", async () => "starting", 10)).rejects.toThrow(
    /"healthy": last saw starting, limit 10 ms/,
  );
});
