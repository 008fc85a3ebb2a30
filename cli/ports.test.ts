import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { holderOf, isFree } from "./ports.ts";

test("a port that is taken is told, with the process that holds it", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  expect(await isFree(port, "127.0.0.1")).toBe(false);
  // Without procfs the holder cannot be named; that is said in place of a name.
  const holder = process.platform === "linux" ? `process ${process.pid}` : "may not see";
  expect(holderOf(port)).toContain(holder);

  await new Promise((resolve) => server.close(resolve));
  expect(await isFree(port, "127.0.0.1")).toBe(true);
});
