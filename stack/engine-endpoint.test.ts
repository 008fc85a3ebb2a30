import { expect, test } from "vitest";
import { RemoteEngineError, requireLocalEngine } from "./engine-endpoint.ts";

const context = (endpoint: string) => () => Promise.resolve(`${endpoint}\n`);

test.each(["unix:///var/run/docker.sock", "npipe:////./pipe/docker_engine"])(
  "%s is on this machine",
  async (endpoint) => {
    await expect(requireLocalEngine("starting", {}, context(endpoint))).resolves.toBeUndefined();
    const named = { DOCKER_HOST: endpoint };
    await expect(
      requireLocalEngine("starting", named, context("ssh://far")),
    ).resolves.toBeUndefined();
  },
);

test.each(["tcp://10.0.0.7:2375", "tcp://127.0.0.1:2375", "ssh://root@far", "", "unix"])(
  "%j is refused, by the variable and by the context",
  async (endpoint) => {
    await expect(requireLocalEngine("starting", {}, context(endpoint))).rejects.toThrow(
      RemoteEngineError,
    );
    if (endpoint === "") return;
    await expect(
      requireLocalEngine("starting", { DOCKER_HOST: endpoint }, context("unix:///x")),
    ).rejects.toThrow(`starting: refused on ${endpoint}, allowed is`);
  },
);

test("an empty variable leaves the choice to the context", async () => {
  const environment = { DOCKER_HOST: "" };

  await expect(
    requireLocalEngine("starting", environment, context("tcp://far:2375")),
  ).rejects.toThrow("tcp://far:2375");
});
