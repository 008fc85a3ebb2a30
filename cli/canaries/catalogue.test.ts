import { expect, test } from "vitest";
import { judgements } from "../../reports/oracles/registry.ts";
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

test("every oracle that judges has a check, and a canary that damages its own file", () => {
  const judges = [...new Set(judgements.map(({ oracle }) => oracle))];
  const isSeen = (oracle: string) =>
    canaries.some(
      ({ check, edits }) =>
        check === `oracle ${oracle}` &&
        edits.some(({ file }) => file === `reports/oracles/${oracle}.ts`),
    );
  expect(judges.length).toBeGreaterThan(20);
  expect(judges.filter((oracle) => !isSeen(oracle))).toEqual([]);
  expect(isSeen("no such oracle")).toBe(false);
});

test("an edit that fits no longer is refused", () => {
  const gone = { file: "reports/verdict.ts", find: "no such text", replace: "x" };
  expect(() => editedFiles([gone])).toThrow(/0 times, allowed once/);
});
