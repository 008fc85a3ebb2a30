import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runEvents } from "../reports/hand-made-runs.ts";
import { decide } from "../reports/verdict.ts";
import { publish } from "./publish.ts";

const verdict = decide(runEvents());
let directory = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "publish-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

test("GitHub gets a summary, outputs and annotations", () => {
  const [summary, output] = [join(directory, "summary.md"), join(directory, "output")];
  const lines: string[] = [];
  const environment = {
    GITHUB_ACTIONS: "true",
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_OUTPUT: output,
  };
  publish(verdict, environment, (line) => lines.push(line));

  expect(readFileSync(summary, "utf8")).toMatch(/^## GO\n/);
  expect(readFileSync(output, "utf8")).toContain("verdict=GO\n");
  expect(lines).toEqual([expect.stringMatching(/^::notice title=GO::/)]);
});

test("nobody is told where nobody listens", () => {
  const lines: string[] = [];
  publish(verdict, {}, (line) => lines.push(line));

  expect(lines).toEqual([]);
});

test("a summary that cannot be written ends no command", () => {
  const environment = { GITHUB_STEP_SUMMARY: join(directory, "none", "summary.md") };

  expect(() => publish(verdict, environment, () => undefined)).not.toThrow();
});
