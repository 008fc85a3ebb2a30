import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { manifest } from "../reports/manifest.ts";
import { claimsNamed, claimsOf } from "./claims.ts";

test("a suite means all of its claims, a claim means itself, in the order of the manifest", () => {
  const all = manifest.map(({ claim }) => claim);
  const ofTls = all.filter((claim) => claim.startsWith("tls/"));
  const ofLoad = all.filter((claim) => claim.startsWith("load/"));
  expect(ofTls.length).toBeGreaterThan(1);
  expect(claimsNamed(["tls"])).toEqual(ofTls);
  expect(claimsNamed(["load", "tls/security-headers"])).toEqual([
    "tls/security-headers",
    ...ofLoad,
  ]);
});

test("a name that means nothing is refused with the names that do", () => {
  expect(() => claimsNamed(["tsl"])).toThrow(/no suite is called "tsl"; suites: static, tls/);
  expect(() => claimsNamed(["tl"])).toThrow(/no suite is called "tl"/);
});

test("every claim of the manifest has its file and every file is in the manifest", () => {
  const root = new URL("../", import.meta.url);
  const files = globSync("suites/**/*.{test,spec}.ts", { cwd: root }).map((file) =>
    file.replace(/^suites\//, "").replace(/\.(?:test|spec)\.ts$/, ""),
  );
  expect(files.toSorted()).toEqual(manifest.map(({ claim }) => claim).toSorted());
  expect(claimsOf("release").length).toBeGreaterThan(0);
});
