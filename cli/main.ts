/** The command line: parses, calls one command, and turns its end into an exit code. */

import { Command, CommanderError, Option } from "commander";
import { profiles } from "../reports/manifest.ts";
import type { Profile } from "../reports/manifest.ts";
import type { HostPorts } from "../stack/production-stack.ts";
import { claimsNamed, claimsOf } from "./claims.ts";
import { keepCompiledModules } from "./compile-cache.ts";
import { print } from "./console.ts";
import { newSeed, seedFrom } from "./seed.ts";
import type { WarmStack } from "./warm-stack.ts";
import { CommandError, exitCodeHelp, exitCodes } from "./exit-codes.ts";

function portFrom(variable: string): number {
  const text = process.env[variable] ?? "0";
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new CommandError(
    `${variable} is "${text}": allowed is a port from 0 (any) to 65535`,
    exitCodes.usage,
  );
}

function hostPorts(): HostPorts {
  return {
    HTTPS_PORT: portFrom("HTTPS_PORT"),
    HTTP_PORT: portFrom("HTTP_PORT"),
    PROMETHEUS_PORT: portFrom("PROMETHEUS_PORT"),
  };
}

function seedOption(): Option {
  return new Option("--seed <number>", "decides what is chosen at random, to do a run again")
    .argParser(seedFrom)
    .default(newSeed(), "a new one for every run");
}

function dryRunOption(): Option {
  return new Option("--dry-run", "say what would be hurt and how it is undone, and start nothing");
}

interface SuiteOptions {
  readonly seed: number;
  readonly dryRun?: boolean;
}

interface ValidateOptions extends SuiteOptions {
  readonly profile: Profile;
}

async function printDryRun(claims: readonly string[], where: string): Promise<void> {
  const { dryRun } = await import("./dry-run.ts");
  for (const line of dryRun(claims, where)) print(line);
}

function warmOrFresh(warm: WarmStack | null): string {
  if (warm === null) return "a stack of its own";
  return `the kept stack ${warm.handle.projectName} if it is what the sources say, else one of its own`;
}

const profileOption = new Option("-p, --profile <name>", "which claims a full run must contain")
  .choices(profiles)
  .default("release");

// Modules are loaded by the command that needs them, so that --help answers at once.
function program(finish: (exitCode: number) => void): Command {
  const root = new Command("hyper-mission")
    .description("Proves that the Hyper-Mission system may be released, or says why not.")
    .addHelpText("after", `\n${exitCodeHelp}`)
    .exitOverride();
  root
    .command("validate")
    .description("build, start, attack and judge the whole stack; leaves nothing behind")
    .addOption(profileOption)
    .addOption(seedOption())
    .addOption(dryRunOption())
    .action(async ({ profile, seed, dryRun }: ValidateOptions) => {
      const claims = claimsOf(profile);
      if (dryRun === true) return printDryRun(claims, "a stack of its own");
      const { validate } = await import("./validate.ts");
      const command = `npm run validate -- --profile ${profile} --seed ${seed}`;
      const verdict = await validate({
        claims,
        profile,
        command,
        ports: hostPorts(),
        seed,
        warm: null,
      });
      finish(verdict.exitCode);
    });
  root
    .command("suite")
    .description("run single suites or claims, on the kept stack when there is one")
    .argument("<names...>", "such as `tls` or `resilience/replica-kill`")
    .addOption(seedOption())
    .addOption(dryRunOption())
    .action(async (names: string[], { seed, dryRun }: SuiteOptions) => {
      const claims = claimsNamed(names);
      const { readWarmStack } = await import("./warm-stack.ts");
      if (dryRun === true) return printDryRun(claims, warmOrFresh(readWarmStack()));
      const { validate } = await import("./validate.ts");
      const command = `npm run suite -- ${names.join(" ")} --seed ${seed}`;
      const warm = readWarmStack();
      const verdict = await validate({
        claims,
        profile: "release",
        command,
        ports: hostPorts(),
        seed,
        warm,
        allureReport: false,
      });
      finish(verdict.exitCode);
    });
  addMutantsCommand(root, finish);
  addStackCommands(root, finish);
  addRecordCommands(root, finish);
  return root;
}

interface MutantOptions {
  readonly area?: string;
  readonly list?: true;
  readonly seed: number;
}

function addMutantsCommand(root: Command, finish: (exitCode: number) => void): void {
  root
    .command("mutants")
    .description("start stacks with known defects; every one must be caught by its claim")
    .argument("[ids...]", "such as `gateway-retries-off`; all of them when none is named")
    .option("--area <name>", "only mutants of one area, such as `gateway`")
    .option("--list", "print the catalogue and start nothing")
    .addOption(seedOption())
    .action(async (ids: string[], { area, list, seed }: MutantOptions) => {
      const { listMutants, mutantsNamed } = await import("./mutant-choice.ts");
      const mutants = mutantsNamed(ids, area ?? null);
      if (list === true) {
        for (const line of listMutants(mutants)) print(line);
        return;
      }
      const { tryMutants } = await import("./mutants.ts");
      const words = [...ids, ...(area === undefined ? [] : ["--area", area]), "--seed", `${seed}`];
      const command = `npm run mutants -- ${words.join(" ")}`;
      finish(await tryMutants({ mutants, command, ports: hostPorts(), seed }));
    });
}

function addStackCommands(root: Command, finish: (exitCode: number) => void): void {
  root
    .command("up")
    .description("start a stack that stays, and print its addresses")
    .action(async () => finish(await (await import("./stack-commands.ts")).up(hostPorts())));
  root
    .command("down")
    .description("remove the kept stack")
    .addOption(remoteOption())
    .action(async ({ allowRemoteEngine = false }: RemoteOptions) => {
      finish(await (await import("./stack-commands.ts")).down(allowRemoteEngine));
    });
  root
    .command("clean")
    .description("remove what killed runs left, and every kept stack")
    .addOption(remoteOption())
    .action(async ({ allowRemoteEngine = false }: RemoteOptions) => {
      finish(await (await import("./stack-commands.ts")).clean(allowRemoteEngine));
    });
}

interface RemoteOptions {
  readonly allowRemoteEngine?: boolean;
}

/** For removing alone: nothing is ever started, hurt or loaded on another machine. */
function remoteOption(): Option {
  return new Option("--allow-remote-engine", "remove also where the engine is not on this machine");
}

function addRecordCommands(root: Command, finish: (exitCode: number) => void): void {
  root
    .command("report")
    .description("write summary, Allure report and JUnit again from a stored run")
    .argument("[run]", "id of the run", "latest")
    .action(async (run: string) => finish(await (await import("./report.ts")).reportAgain(run)));
  root
    .command("rejudge")
    .description("judge a stored run again, without an engine")
    .argument("[run]", "id of the run", "latest")
    .action(async (run: string) => finish((await import("./report.ts")).rejudgeAgain(run)));
  root
    .command("faults")
    .description("print what was seen of every fault in stored runs, as a table in Markdown")
    .argument("<runs...>", "ids of runs, or `latest`")
    .action(async (runs: string[]) => finish((await import("./report.ts")).printFaults(runs)));
  root
    .command("check")
    .description("format, lint, types, dead code and unit tests; needs no engine")
    .action(async () => {
      const results = await (await import("./check.ts")).runChecks();
      const failed = results.filter(({ passed }) => !passed).length;
      print(`${results.length - failed} passed, ${failed} failed`);
      finish(failed === 0 ? exitCodes.go : exitCodes.noGo);
    });
  root
    .command("test")
    .description("all checks, then a full validation of the healthy stack")
    .action(async () => finish(await (await import("./test.ts")).test(hostPorts())));
}

async function main(): Promise<number> {
  let exitCode: number = exitCodes.go;
  keepCompiledModules();
  try {
    await program((code) => (exitCode = code)).parseAsync();
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.go : exitCodes.usage;
    if (error instanceof CommandError) {
      process.stderr.write(`${error.message}\n`);
      return error.exitCode;
    }
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return exitCodes.harness;
  }
}

process.exit(await main());
