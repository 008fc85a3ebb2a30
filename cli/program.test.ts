import type { Command } from "commander";
import { expect, test } from "vitest";
import { program } from "./program.ts";

/** Runs the command line in this process; nothing that is called here starts anything. */
async function call(...args: readonly string[]): Promise<string> {
  let said = "";
  const root = program(() => undefined);
  const listen = (command: Command) => {
    command.exitOverride().configureOutput({
      writeOut: (text) => (said += text),
      writeErr: (text) => (said += text),
    });
    command.commands.forEach(listen);
  };
  listen(root);
  try {
    await root.parseAsync([...args], { from: "user" });
  } catch (error) {
    said += error instanceof Error ? `\n${error.message}` : String(error);
  }
  return said;
}

const names = program(() => undefined).commands.map((command) => command.name());

test("the command line has what people and jobs ask for", () => {
  expect(names.toSorted()).toEqual(
    [
      "validate",
      "suite",
      "gate",
      "mutants",
      "up",
      "down",
      "clean",
      "status",
      "doctor",
      "report",
      "rejudge",
      "faults",
      "list",
      "bench",
      "endings",
      "canaries",
      "check",
      "test",
    ].toSorted(),
  );
});

test.each(names)("%s --help has an example and the exit codes", async (name) => {
  const help = await call(name, "--help");

  expect(help).toContain("Examples:\n  npm");
  expect(help).toContain(name);
  expect(help).toContain("69  something that is needed is missing");
});

test.each([
  [["nonsense"], /unknown command 'nonsense'/],
  [["gate", "--profil", "release"], /unknown option '--profil'/],
  [["gate", "--profile", "weekly"], /Allowed choices are local, release, nightly/],
  [["gate", "--run", "x", "--images", "airgap"], /allowed is one of both/],
  [["gate", "--images", "postgres=other"], /allowed is registry, airgap, or service=reference/],
  [["suite"], /no suite is named/],
  [["suite", "tls", "--last-failed"], /allowed is one of both/],
  [["suite", "nothing"], /no suite is called "nothing"/],
  [["suite", "tls", "--repeat", "0"], /allowed is a whole number from 1 to 100/],
  [["suite", "tls", "--repeat", "1.5"], /allowed is a whole number from 1 to 100/],
  [["suite", "tls", "--seed", "x"], /--seed is "x"/],
  [["report", "no-such-run"], /looking for the run "no-such-run"/],
  [["gate", "--run", "/no/such/folder"], /holds no verdict.json/],
] as const)("%o is refused in words", async (args, message) => {
  expect(await call(...args)).toMatch(message);
});
