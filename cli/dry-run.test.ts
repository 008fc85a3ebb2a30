import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { harms } from "../fixtures/harms.ts";
import { experiments } from "../fixtures/plans.ts";
import { manifest } from "../reports/manifest.ts";
import { dryRun, foresee } from "./dry-run.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const dangerous = globSync("suites/{resilience,durability}/*.test.ts", { cwd: root }).map((file) =>
  file.replaceAll("\\", "/").replace(/^suites\/|\.test\.ts$/g, ""),
);

test("there are claims that hurt something", () => {
  expect(dangerous.length).toBeGreaterThan(20);
});

test.each(dangerous)(
  "%s says what it hurts and how that is undone, unless it only looks",
  (claim) => {
    const { experiments: names, harms: direct } = foresee(claim);
    const harmful = names.length + direct.length;
    const lines = dryRun([claim], "a stack");

    const hurts = lines.filter((line) => line.startsWith("  hurts   "));
    expect(hurts.includes("  hurts   no part of the stack")).toBe(harmful === 0);
    expect(hurts).not.toContain("  hurts   nothing");
    expect(lines.filter((line) => line.startsWith("  undone  "))).toHaveLength(harmful);
  },
);

test.each(manifest.map(({ claim }) => claim))("%s can be foreseen", (claim) => {
  expect(foresee(claim).method).toMatch(/^\S[^*\n]+\S$/);
});

test("every plan with a fault has a harm, and no other one", () => {
  for (const [name, harm] of Object.entries(harms)) {
    const plan = Object.entries(experiments).find(([known]) => known === name)?.[1];
    expect([name, harm !== null]).toEqual([name, (plan?.faults.length ?? 0) > 0]);
  }
});

test("load, repetitions and time are those of the plan", () => {
  const lines = dryRun(["resilience/replica-kill", "durability/postgres-kill"], "a stack").join(
    "\n",
  );

  expect(lines).toContain("2 claims, on a stack; nothing is started now");
  expect(lines).toMatch(/SIGKILL, 3 times one after the other\n/);
  expect(lines).toMatch(/load {4}120 requests per second \(list missions, .*\), for at most 4 min/);
  expect(lines).toMatch(/load {4}16 clients that write one after the other, at most 60,000 writes/);
  expect(lines).toContain("takes   at most 7 min 0 s");
});

test("a claim without a file is refused", () => {
  expect(() => foresee("resilience/nothing")).toThrow("it has no file in suites/");
});
