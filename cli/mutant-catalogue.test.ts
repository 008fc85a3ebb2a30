import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { manifest } from "../reports/manifest.ts";
import { allObjectives } from "../reports/slo.ts";
import { applyEdit } from "../stack/mutated-sources.ts";
import { mutants } from "../stack/mutants/index.ts";
import { mutantAreas } from "../stack/mutants/mutant.ts";
import type { Mutant } from "../stack/mutants/mutant.ts";
import { production } from "../stack/origin.ts";

const composeFile = readFileSync(`${production.sources}/compose.yaml`, "utf8");

/** What is wrong with one entry of the catalogue; empty when it can be run and can be judged. */
function flawsOf({ id, claim, objective, overlay }: Mutant): string[] {
  const flaws: string[] = [];
  const { edits = [], sql = [], variables = {}, certificate = {} } = overlay;
  const others = [variables, certificate].flatMap((each) => Object.keys(each));
  if (edits.length + sql.length + others.length === 0) {
    flaws.push(`${id} changes nothing`);
  }
  const expected = manifest.find((each) => each.claim === claim);
  if (expected === undefined) flaws.push(`${id}: there is no claim ${claim}`);
  if (!allObjectives.some((each) => each.id === objective)) {
    flaws.push(`${id}: there is no objective ${objective}`);
  }
  if (expected !== undefined && !expected.objectives.includes(objective)) {
    flaws.push(`${id}: ${claim} does not judge ${objective}`);
  }
  for (const name of Object.keys(variables)) {
    if (!composeFile.includes(`\${${name}`)) flaws.push(`${id}: compose.yaml knows no ${name}`);
  }
  return [...flaws, ...flawsOfEdits(overlay)];
}

/** Edits of one file build on each other, as they do when they are made. */
function flawsOfEdits({ edits = [] }: Mutant["overlay"]): string[] {
  const texts = new Map<string, string>();
  return edits.flatMap((edit) => {
    try {
      const text =
        texts.get(edit.file) ?? readFileSync(`${production.sources}/${edit.file}`, "utf8");
      texts.set(edit.file, applyEdit(text, edit));
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });
}

test("every mutant applies to today's sources and names a claim that judges its objective", () => {
  expect(mutants.flatMap(flawsOf)).toEqual([]);
});

test("every file is in the catalogue and every entry has its file, in the folder of its area", () => {
  const cwd = fileURLToPath(new URL("../stack/mutants/", import.meta.url));
  const files = globSync("*/*.ts", { cwd }).map((file) => file.replaceAll("\\", "/"));
  expect(files.toSorted()).toEqual(mutants.map(({ id, area }) => `${area}/${id}.ts`).toSorted());
  expect(globSync("*.ts", { cwd }).toSorted()).toEqual(["index.ts", "mutant.ts"]);
  expect(new Set(globSync("*/", { cwd }).map((name) => basename(name)))).toEqual(
    new Set(mutantAreas),
  );
});

test("ids are names of their own, in kebab-case", () => {
  const ids = mutants.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]+(?:-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

test("a mutant that could not run or be judged is found out", () => {
  const sound: Mutant = {
    id: "sound",
    title: "something is wrong",
    area: "gateway",
    claim: "resilience/replica-kill",
    objective: "VP-3.availability",
    overlay: { edits: [{ file: "compose.yaml", find: "stop_signal: SIGINT", replace: "x" }] },
  };
  expect(flawsOf(sound)).toEqual([]);
  expect(flawsOf({ ...sound, overlay: {} })).toEqual(["sound changes nothing"]);
  expect(flawsOf({ ...sound, claim: "resilience/nothing" })).toHaveLength(1);
  expect(flawsOf({ ...sound, objective: "VP-3.nothing" })).toHaveLength(2);
  expect(flawsOf({ ...sound, objective: "SC-4.kill" })).toEqual([
    "sound: resilience/replica-kill does not judge SC-4.kill",
  ]);
  const misspelt = { variables: { HTTPS_PROT: "1" } };
  expect(flawsOf({ ...sound, overlay: misspelt })).toHaveLength(1);
  const twice = { edits: [{ file: "compose.yaml", find: "read_only: true", replace: "x" }] };
  expect(flawsOf({ ...sound, overlay: twice }).join()).toMatch(/times, allowed once/);
});
