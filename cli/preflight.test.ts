import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { requireDisk, requireImageSource, requirePorts } from "./preflight.ts";

test("a disk that is nearly full is refused before anything starts", async () => {
  await expect(requireDisk("/", async () => 4.9e9)).rejects.toThrow(
    /saw 4.9 GB, allowed 5 GB or more/,
  );
  await expect(requireDisk("/", async () => 5e9)).resolves.toBeUndefined();
});

test("a taken port is refused by naming the holder and the variable", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const others = { HTTP_PORT: 0, PROMETHEUS_PORT: 0, ALERTMANAGER_PORT: 0, GRAFANA_PORT: 0 };
  const ports = { HTTPS_PORT: port, ...others };

  await expect(requirePorts(ports)).rejects.toThrow(/is taken by .*: set HTTPS_PORT to another/);

  await new Promise((resolve) => server.close(resolve));
  await expect(requirePorts(ports)).resolves.toBeUndefined();
});

test("an unknown source of images is a mistake of usage", () => {
  expect(() => requireImageSource({ IMAGES: "foo" })).toThrow(/IMAGES is "foo": allowed is/);
  expect(() => requireImageSource({ IMAGES: "airgap" })).not.toThrow();
  expect(() => requireImageSource({})).not.toThrow();
});
