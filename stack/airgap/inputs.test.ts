import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashInputs } from "./inputs.ts";

let folder = "";
let before = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hyper-mission-inputs-"));
  await writeFile(join(folder, "Dockerfile"), "FROM scratch\n");
  before = await hashInputs([folder], ["forky"]);
});

afterEach(() => rm(folder, { recursive: true }));

test("the same inputs give the same hash", async () => {
  await expect(hashInputs([folder], ["forky"])).resolves.toBe(before);
});

test("a changed, added or renamed file and another value give another hash", async () => {
  const hashes = [before, await hashInputs([folder], ["bookworm"])];
  hashes.push(await hashInputs([folder], ["for", "ky"]));
  await writeFile(join(folder, "Dockerfile"), "FROM forky\n");
  hashes.push(await hashInputs([folder], ["forky"]));
  await writeFile(join(folder, "entry"), "");
  hashes.push(await hashInputs([folder], ["forky"]));
  await rename(join(folder, "entry"), join(folder, "entrypoint"));
  hashes.push(await hashInputs([folder], ["forky"]));
  expect(new Set(hashes).size).toBe(hashes.length);
});

test("a single file is an input too, and a missing one is an error", async () => {
  const file = join(folder, "Dockerfile");
  await expect(hashInputs([file], [])).resolves.toMatch(/^[0-9a-f]{64}$/);
  await expect(hashInputs([join(folder, "missing")], [])).rejects.toThrow("ENOENT");
});
