import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const script = join(import.meta.dirname, "migrate_db.sh");
let directory = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "migrate-db-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Puts a tool in front of the real one, so that no engine and no database is needed. */
function fake(tool: string, body: string): void {
  const path = join(directory, tool);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

function run(...args: readonly string[]) {
  return spawnSync(script, args, {
    cwd: directory,
    encoding: "utf8",
    timeout: 20_000,
    env: {
      ...process.env,
      TMPDIR: directory,
      PATH: `${directory}${delimiter}${process.env["PATH"]}`,
    },
  });
}

function report(): Record<string, unknown> {
  return JSON.parse(readFileSync(join(directory, "report.json"), "utf8")) as Record<
    string,
    unknown
  >;
}

const ends = ["--source", "container:development", "--target", "container:production"] as const;

test("help names every exit code", () => {
  const { status, stdout } = run("--help");

  expect(status).toBe(0);
  for (const code of [0, 10, 11, 12, 13, 14, 15, 16, 17, 64, 70, 143]) {
    expect(stdout).toMatch(new RegExp(`\\b${code}\\b`));
  }
});

test.each([
  ["no endpoint", []],
  ["one endpoint", ["--source", "container:development"]],
  ["an unknown option", [...ends, "--force"]],
  ["an option without its value", ["--source"]],
  ["another scheme", ["--source", "mysql://here/missions", "--target", "container:production"]],
  ["a container name with a shell in it", ["--source", "container:a;b", "--target", "container:b"]],
  ["a database name with SQL in it", ["--source", "container:a/x;drop", "--target", "container:b"]],
  ["the maintenance database", ["--source", "container:a/postgres", "--target", "container:b"]],
  ["no limit", [...ends, "--step-seconds-max", "0"]],
  ["a password file that is not there", [...ends, "--target-password-file", "/nowhere"]],
])("%s is a usage error that touches nothing", (_, args) => {
  fake("docker", `touch ${directory}/touched`);

  const { status, stderr } = run(...args);

  expect(status).toBe(64);
  expect(stderr).toContain("allowed");
  expect(existsSync(join(directory, "touched"))).toBe(false);
});

test("an endpoint that does not answer is told, with a report", () => {
  fake("docker", 'echo "Error: No such container: \\"development\\"" >&2; exit 1');

  const { status } = run(...ends, "--report", "report.json");

  expect(status).toBe(10);
  expect(report()).toMatchObject({
    exitCode: 10,
    failureClass: "preflight",
    failedStep: "check source and target",
    failure: expect.stringContaining('No such container: "development"'),
    targetChanged: false,
    tables: [],
  });
});

test("a password in a URL reaches psql by environment only, and no report", () => {
  fake(
    "psql",
    `echo "$*" >>${directory}/arguments; echo "$PGPASSWORD" >>${directory}/password; exit 2`,
  );
  fake("pg_dump", "exit 2");
  fake("pg_restore", "exit 2");

  const source = "postgres://reader:s%40cret@database.invalid/missions?sslmode=require";
  run("--source", source, "--target", "container:production", "--report", "report.json");

  const seen = readFileSync(join(directory, "arguments"), "utf8");
  expect(seen).toContain("--dbname=postgres://reader@database.invalid/missions?sslmode=require");
  expect(readFileSync(join(directory, "password"), "utf8").trim()).toBe("s@cret");
  expect(`${seen}${JSON.stringify(report())}`).not.toMatch(/s@cret|s%40cret/);
});

test("nothing is left in the folder for temporary files", () => {
  fake("docker", "exit 1");

  run(...ends, "--report", "report.json");

  expect(existsSync(join(directory, "report.json"))).toBe(true);
  const left = spawnSync("ls", [directory], { encoding: "utf8" }).stdout.trim().split("\n");
  expect(left.toSorted()).toEqual(["docker", "report.json"]);
});
