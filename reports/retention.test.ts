import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { removeOldRuns } from "./retention.ts";

const nowMs = Date.UTC(2026, 10, 23, 12);
let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "retention-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function run(name: string): string {
  mkdirSync(join(root, name));
  writeFileSync(join(root, name, "verdict.json"), "{}");
  return name;
}

const [first, second, third, today] = [
  "20261101-010101-aaaa",
  "20261102-010101-bbbb",
  "20261103-010101-cccc",
  "20261123-110000-dddd",
] as const;

test("the oldest runs go, as many as are too many", () => {
  for (const name of [second, first, third]) run(name);

  expect(removeOldRuns(root, 2, nowMs)).toEqual([first]);
  expect(readdirSync(root).toSorted()).toEqual([second, third]);
  expect(removeOldRuns(root, 2, nowMs)).toEqual([]);
});

test("the latest run stays, and one that may be at work", () => {
  run(first);
  run(today);
  symlinkSync(first, join(root, "latest"));

  expect(removeOldRuns(root, 0, nowMs)).toEqual([]);
});

test("a campaign of mutants goes with the runs", () => {
  mkdirSync(join(root, first));
  writeFileSync(join(root, first, "mutants.json"), "{}");
  run(second);

  expect(removeOldRuns(root, 1, nowMs)).toEqual([first]);
});

test("what is no run stays", () => {
  run("evidence-for-the-board");
  mkdirSync(join(root, first));
  writeFileSync(join(root, "history.jsonl"), "");

  expect(removeOldRuns(root, 0, nowMs)).toEqual([]);
  expect(readdirSync(root)).toHaveLength(3);
});

test("a folder that does not exist holds nothing to remove", () => {
  expect(removeOldRuns(join(root, "none"), 0, nowMs)).toEqual([]);
});
