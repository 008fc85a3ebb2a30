import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hashSources } from "./build.ts";
import {
  applyEdit,
  applyEdits,
  copyShipped,
  MutatedSources,
  OverlayError,
} from "./mutated-sources.ts";
import { production } from "./origin.ts";

let directory = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mutated-sources-"));
  vi.stubEnv("XDG_STATE_HOME", directory);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

const restart = {
  file: "compose.yaml",
  find: "  restart: unless-stopped\n",
  replace: '  restart: "no"\n',
};

test("an edit replaces its text, and nothing in it has a meaning", () => {
  const edit = { file: "a", find: "b", replace: "$&$1" };
  expect(applyEdit("abc", edit)).toBe("a$&$1c");
});

test.each([
  ["is not there", "abc", "d", "e"],
  ["is there twice", "abab", "ab", "e"],
  ["is nothing", "abc", "", "e"],
  ["stays as it is", "abc", "b", "b"],
])("an edit whose text %s is refused", (_why, text, find, replace) => {
  expect(() => applyEdit(text, { file: "a", find, replace })).toThrow(OverlayError);
});

test.each([
  "production-stack.ts",
  "../package.json",
  "server/../../package.json",
  "server/src/config.test.ts",
  "client/node_modules/react/index.js",
])("%s does not ship and is not edited", (file) => {
  expect(() => applyEdits(production.sources, [{ file, find: "a", replace: "b" }])).toThrow(
    /does not ship/,
  );
});

test("a copy has the hash of its original, without what does not ship", () => {
  const copy = join(directory, "copy");
  mkdirSync(copy);
  copyShipped(production.sources, copy);
  expect(hashSources(copy, [])).toBe(hashSources(production.sources, []));
  expect(existsSync(join(copy, "scripts/migrate_db.sh"))).toBe(true);
  expect(existsSync(join(copy, "server/node_modules"))).toBe(false);
  expect(existsSync(join(copy, "server/src/config.test.ts"))).toBe(false);
  writeFileSync(join(copy, "compose.yaml"), "");
  expect(hashSources(copy, [])).not.toBe(hashSources(production.sources, []));
});

test("edited sources are a copy, which is gone afterwards; production stays as it was", () => {
  const before = hashSources(production.sources, []);
  let sources = "";
  {
    using mutated = MutatedSources.create("run-1-mutant", { edits: [restart] });
    ({ sources } = mutated.origin);
    expect(mutated.origin.throwAway).toBe(true);
    expect(readFileSync(join(sources, "compose.yaml"), "utf8")).toContain(
      'restart: "no"\n  # Reaps',
    );
  }
  expect(existsSync(sources)).toBe(false);
  expect(hashSources(production.sources, [])).toBe(before);
});

test("an edit that does not fit leaves no copy behind", () => {
  const wrong = { ...restart, find: "restart: sometimes" };
  expect(() => MutatedSources.create("run-1-mutant", { edits: [wrong] })).toThrow(/0 times/);
  expect(existsSync(join(directory, "hyper-mission/run-1-mutant"))).toBe(false);
});

test("statements alone need no copy, and keep the images of production", () => {
  using mutated = MutatedSources.create("run-1-mutant", { sql: ["SELECT 1"] });
  expect(mutated.origin).toEqual({ ...production, statements: ["SELECT 1"] });
});

test("variables need no copy either, but images of their own", () => {
  using mutated = MutatedSources.create("run-1-mutant", { variables: { SERVER_NAME: "other" } });
  expect(mutated.origin).toMatchObject({ sources: production.sources, throwAway: true });
});

test("a certificate is asked for as if it were another day, and needs no images of its own", () => {
  const certificate = { ageDays: 100, hostNames: ["other.test"] };
  using mutated = MutatedSources.create("run-1-mutant", { certificate });
  const { now, ...request } = mutated.origin.certificate;
  expect(request).toEqual({ hostNames: ["other.test"] });
  expect((Date.now() - (now?.getTime() ?? 0)) / 86_400_000).toBeCloseTo(100, 2);
  expect(mutated.origin).toMatchObject({ sources: production.sources, throwAway: false });
});
