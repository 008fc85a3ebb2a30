import { expect, test } from "vitest";
import { givenImagesFrom, namesOfGiven, wordsOfGiven } from "./given-images.ts";

test("references with ports, tags and digests are read", () => {
  expect(
    givenImagesFrom("server=registry.example:5000/hm/server:1.2, client=client@sha256:0123abcd"),
  ).toEqual({
    server: "registry.example:5000/hm/server:1.2",
    client: "client@sha256:0123abcd",
  });
});

test.each([
  ["postgres=postgres:15", /seen "postgres=postgres:15", allowed is registry, airgap, or/],
  ["server", /seen "server"/],
  ["server=", /seen "server="/],
  ["server=--privileged", /seen "server=--privileged"/],
  ["server=a b", /seen "server=a b"/],
  ["", /seen ""/],
  ["server=a,server=b", /server is given twice/],
])("%o is refused", (text, message) => {
  expect(() => givenImagesFrom(text)).toThrow(message);
});

test("another reference is another configuration", () => {
  expect(wordsOfGiven({ server: "a" })).not.toEqual(wordsOfGiven({ server: "b" }));
  expect(wordsOfGiven({})).toEqual([]);
});

test("services that share an image share the one that is given", () => {
  const names = {
    alertmanager: "hm/monitoring:1",
    exporter: "hm/monitoring:1",
    server: "hm/server:1",
  };
  const taken = namesOfGiven({ alertmanager: "elsewhere/monitoring" }, names);

  expect(taken.get(names.exporter)).toBe("elsewhere/monitoring");
  expect(taken.has(names.server)).toBe(false);
});
