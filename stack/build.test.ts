import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashSources } from "./build.ts";

let directory = "";

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "sources-"));
  for (const component of ["gateway", "client", "server", "database", "monitoring"]) {
    mkdirSync(join(directory, component));
    writeFileSync(join(directory, component, "Dockerfile"), "FROM scratch\n");
  }
  writeFileSync(join(directory, "compose.yaml"), "services: {}\n");
});

afterAll(() => rmSync(directory, { recursive: true }));

test("the hash changes with a shipped file, its name, and the base images", () => {
  const before = hashSources(directory, ["sha256:a"]);
  expect(before).toMatch(/^[0-9a-f]{12}$/);
  expect(hashSources(directory, ["sha256:b"])).not.toBe(before);

  const changed = mkdtempSync(join(tmpdir(), "sources-"));
  cpSync(directory, changed, { recursive: true });
  expect(hashSources(changed, ["sha256:a"])).toBe(before);
  writeFileSync(join(changed, "server", "main.ts"), "");
  expect(hashSources(changed, ["sha256:a"])).not.toBe(before);
  rmSync(changed, { recursive: true });
});

test("what is not shipped changes nothing", () => {
  const before = hashSources(directory, []);
  mkdirSync(join(directory, "server", "node_modules"));
  writeFileSync(join(directory, "server", "node_modules", "x.js"), "");
  writeFileSync(join(directory, "server", "main.test.ts"), "");
  expect(hashSources(directory, [])).toBe(before);
});
