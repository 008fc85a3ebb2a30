import { expect, test } from "vitest";
import { reasonOf } from "./start-watch.ts";

test("the progress of containers, networks and volumes is left out of the reason", () => {
  const said = [
    " Network run_app  Created",
    " Container run-redis-1  Starting",
    " Container run-redis-1  Error",
    "dependency failed to start: container run-redis-1 is unhealthy",
    "",
  ].join("\n");
  expect(reasonOf(said)).toBe("dependency failed to start: container run-redis-1 is unhealthy");
});

test("an error without words is said to be one", () => {
  expect(reasonOf("\n Container run-redis-1  Error\n")).toBe("no reason was given");
});
