import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { isObject } from "../reports/shape.ts";

const folder = new URL("../.github/workflows/", import.meta.url);
const names = readdirSync(folder).toSorted();

type Thing = Readonly<Record<string, unknown>>;

function thing(value: unknown): Thing {
  return isObject(value) ? value : {};
}

function jobsOf(text: string): readonly Thing[] {
  return Object.values(thing(thing(parse(text))["jobs"])).map(thing);
}

function stepsOf(job: Thing): readonly Thing[] {
  const { steps } = job;
  return Array.isArray(steps) ? steps.map(thing) : [];
}

/** What is wrong with a workflow; empty for a good one. */
function problemsOf(text: string): readonly string[] {
  const jobs = jobsOf(text);
  const permissions = thing(thing(parse(text))["permissions"]);
  const problems = jobs.flatMap((job) => problemsOfJob(job));
  if (jobs.length === 0) problems.push("it has no job");
  if (JSON.stringify(permissions) !== '{"contents":"read"}') problems.push("it may do too much");
  for (const [, use = ""] of text.matchAll(/\buses: (.*)/g)) {
    if (!/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use)) {
      problems.push(`"${use}" is not pinned by its digest, with the version beside it`);
    }
  }
  return problems;
}

function problemsOfJob(job: Thing): string[] {
  const steps = stepsOf(job);
  const uploads = steps.filter(({ uses }) => String(uses).startsWith("actions/upload-artifact@"));
  const last = steps.at(-1);
  return [
    ...(typeof job["timeout-minutes"] === "number" ? [] : ["a job has no time limit"]),
    ...(uploads.length > 0 ? [] : ["no artifact is kept"]),
    ...uploads.filter((step) => step["if"] !== "always()").map(() => "a red run keeps no artifact"),
    ...(last?.["name"] === "Clean up" && last["if"] === "always()" ? [] : ["nobody cleans up"]),
    ...steps
      .filter(({ run }) => JSON.stringify(run ?? "").includes("${{"))
      .map(({ name }) => `${String(name)} takes a value from outside into its script`),
    ...steps
      .filter((step) => step["continue-on-error"] !== undefined)
      .map(({ name }) => `${String(name)} hides its failure`),
  ];
}

function read(name: string): string {
  return readFileSync(new URL(name, folder), "utf8");
}

test("there is a workflow for each journey", () => {
  expect(names).toEqual(["check.yml", "gate.yml", "nightly.yml"]);
});

test.each(names)("%s is pinned, bounded, keeps its artifacts and cleans up", (name) => {
  expect(problemsOf(read(name))).toEqual([]);
});

const good = read("nightly.yml");

test.each([
  [
    "a tag in place of a digest",
    (text: string) => text.replace(/@[0-9a-f]{40} # v/, "@v"),
    /pinned/,
  ],
  ["no version beside it", (text: string) => text.replace(/ # v5\.0\.0/, ""), /pinned/],
  ["a short digest", (text: string) => text.replace(/@[0-9a-f]{40}/, "@08c6903"), /pinned/],
  ["no artifact of a red run", (text: string) => text.replace("if: always()", ""), /red run/],
  ["no clean-up", (text: string) => text.replace("name: Clean up", "name: End"), /cleans up/],
  ["no time limit", (text: string) => text.replace(/timeout-minutes: \d+/, "x: 1"), /time limit/],
  ["more rights", (text: string) => text.replace("contents: read", "contents: write"), /too much/],
  ["an input in a script", (text: string) => text.replace("exec npm", "${{ x }} npm"), /outside/],
  [
    "a failure that is hidden",
    (text: string) => text.replace("run: exec", "continue-on-error: true\n        run: exec"),
    /hides/,
  ],
  ["no job", () => "permissions:\n  contents: read\n", /no job/],
])("a workflow with %s is refused", (_, spoil, message) => {
  const spoilt = spoil(good);

  expect(spoilt).not.toBe(good);
  expect(problemsOf(spoilt).join("\n")).toMatch(message);
});

/** What the steps of a workflow run, in one text. */
function scriptsOf(text: string): string {
  return jobsOf(text)
    .flatMap(stepsOf)
    .flatMap(({ run }) => (typeof run === "string" ? [run] : []))
    .join("\n");
}

test("each commit tries the cheap mutants and some of the others, each night tries them all", () => {
  expect(scriptsOf(read("check.yml"))).toMatch(/npm run mutants -- --cheap --rotate \d+$/m);
  expect(scriptsOf(read("nightly.yml"))).toMatch(/npm run mutants -- --lanes 2$/m);
});

test("every command that a workflow or a page of the docs names is there", () => {
  const { scripts } = thing(
    JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")),
  );
  const pages = readdirSync(new URL("../docs/", import.meta.url))
    .filter((name) => name.endsWith(".md"))
    .map((name) => readFileSync(new URL(`../docs/${name}`, import.meta.url), "utf8"));
  const named = [...names.map(read), ...pages].flatMap((text) =>
    [...text.matchAll(/npm run ([a-z]+)/g)].map(([, name = ""]) => name),
  );

  expect(named.length).toBeGreaterThan(5);
  expect([...new Set(named)].filter((name) => !(name in thing(scripts)))).toEqual([]);
});
