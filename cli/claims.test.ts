import { existsSync, globSync } from "node:fs";
import { expect, test } from "vitest";
import { manifest } from "../reports/manifest.ts";
import { claimsNamed, claimsOf } from "./claims.ts";

test("a suite means all of its claims, a claim means itself, in the order of the manifest", () => {
  expect(claimsNamed(["tls"])).toEqual(["tls/handshake", "tls/security-headers"]);
  expect(claimsNamed(["tls/security-headers", "static"])).toEqual([
    "static/first-byte",
    "static/client-image",
    "tls/security-headers",
  ]);
});

test("a name that means nothing is refused with the names that do", () => {
  expect(() => claimsNamed(["tsl"])).toThrow(/no suite is called "tsl"; suites: static, tls/);
  expect(() => claimsNamed(["tl"])).toThrow(/no suite is called "tl"/);
});

test("every claim of the manifest has its file and every file is in the manifest", () => {
  const root = new URL("../", import.meta.url);
  for (const { claim } of manifest) {
    expect(existsSync(new URL(`suites/${claim}.test.ts`, root)), claim).toBe(true);
  }
  const files = globSync("suites/**/*.test.ts", { cwd: root }).map((file) =>
    file.replace(/^suites\//, "").replace(/\.test\.ts$/, ""),
  );
  expect(files.toSorted()).toEqual(manifest.map(({ claim }) => claim).toSorted());
  expect(claimsOf("release").length).toBeGreaterThan(0);
});
