import { hostname } from "node:os";
import { expect, test } from "vitest";
import { isOwnerAlive, keptOwner, ownerOfThisProcess } from "./owner.ts";

test("this process is alive by its own label", () => {
  expect(isOwnerAlive(ownerOfThisProcess())).toBe(true);
});

test("a process id that nobody has is dead", () => {
  expect(isOwnerAlive(`${hostname()}/4194304/1`)).toBe(false);
  expect(isOwnerAlive(`${hostname()}/0/1`)).toBe(false);
});

test.runIf(process.platform === "linux")("a process id that another process took is dead", () => {
  expect(isOwnerAlive(`${hostname()}/${process.pid}/1`)).toBe(false);
});

test.each([keptOwner, "manual", "another-host/1/1"])("%s is never taken for dead", (owner) => {
  expect(isOwnerAlive(owner)).toBe(true);
});
