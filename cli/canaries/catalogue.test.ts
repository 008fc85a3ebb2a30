import { expect, test } from "vitest";
import { canaries } from "./catalogue.ts";
import { checks } from "./checks.ts";
import { editedFiles } from "./sources.ts";

test("every canary applies to today's sources", () => {
  for (const { id, edits } of canaries) {
    expect(edits.length, id).toBeGreaterThan(0);
    expect(() => editedFiles(edits), id).not.toThrow();
  }
});

test("ids are names of their own, in kebab-case", () => {
  const ids = canaries.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

test("every check has a canary, so that it was seen red", () => {
  const used = new Set<string>(canaries.map(({ check }) => check));
  expect(Object.keys(checks).filter((check) => !used.has(check))).toEqual([]);
});

test("every oracle has a canary that turns one of its comparisons round", () => {
  const files = new Set(canaries.flatMap(({ edits }) => edits.map(({ file }) => file)));
  const judges = Object.keys(checks).flatMap((check) => /^oracle (.+)$/.exec(check)?.[1] ?? []);
  expect(judges.length).toBeGreaterThan(10);
  expect(judges.filter((oracle) => !files.has(`reports/oracles/${oracle}.ts`))).toEqual([]);
});

test("an edit that fits no longer is refused", () => {
  const gone = { file: "reports/verdict.ts", find: "no such text", replace: "x" };
  expect(() => editedFiles([gone])).toThrow(/0 times, allowed once/);
});
