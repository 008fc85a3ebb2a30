/** `validate`, `suite`, `gate` and `mutants`: commands that measure and decide. */

import { Option } from "commander";
import type { Command } from "commander";
import type { Profile } from "../reports/manifest.ts";
import type { GivenImages } from "../stack/given-images.ts";
import { claimsNamed, claimsOf } from "./claims.ts";
import { print } from "./console.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import {
  dryRunOption,
  examples,
  hostPorts,
  jsonOption,
  keepOption,
  lanesOption,
  profileOption,
  repeatOption,
  rotateOption,
  seedOption,
  strictOption,
} from "./options.ts";
import type { WarmStack } from "./warm-stack.ts";

type Finish = (exitCode: number) => void;

interface MeasureOptions {
  readonly seed: number;
  readonly dryRun?: true;
  readonly json?: true;
  readonly strict?: true;
  readonly keep?: true;
  readonly repeat: number;
}

function withMeasureOptions(command: Command): Command {
  return command
    .addOption(seedOption())
    .addOption(repeatOption())
    .addOption(strictOption())
    .addOption(keepOption())
    .addOption(jsonOption())
    .addOption(dryRunOption());
}

async function printDryRun(claims: readonly string[], where: string): Promise<void> {
  const { dryRun } = await import("./dry-run.ts");
  for (const line of dryRun(claims, where)) print(line);
}

function warmOrFresh(warm: WarmStack | null): string {
  if (warm === null) return "a stack of its own";
  return `the kept stack ${warm.handle.projectName} if it is what the sources say, else one of its own`;
}

/** The words by which a run can be done again. */
function wordsOf({ seed, strict, repeat }: MeasureOptions): string {
  return [
    ...(strict === true ? ["--strict"] : []),
    ...(repeat === 1 ? [] : [`--repeat ${repeat}`]),
    `--seed ${seed}`,
  ].join(" ");
}

function planOf({ seed, json, strict, keep, repeat }: MeasureOptions) {
  return {
    ports: hostPorts(),
    seed,
    json: json === true,
    strict: strict === true,
    keep: keep === true,
    repeat,
  };
}

export function addValidateCommand(root: Command, finish: Finish): void {
  withMeasureOptions(root.command("validate"))
    .description("build, start, attack and judge the whole stack; leaves nothing behind")
    .addOption(profileOption().default("release"))
    .addHelpText(
      "after",
      examples(
        "npm run validate                           what a release has to show",
        "npm run validate -- --profile nightly      everything",
        "npm run validate -- --dry-run              what would be hurt, and how it is undone",
        "npm run validate -- --json > verdict.json  for machines",
      ),
    )
    .action(async (options: MeasureOptions & { readonly profile: Profile }) => {
      const { profile } = options;
      const claims = claimsOf(profile);
      if (options.dryRun === true) return printDryRun(claims, "a stack of its own");
      const { validate } = await import("./validate.ts");
      const command = `npm run validate -- --profile ${profile} ${wordsOf(options)}`;
      const plan = { ...planOf(options), claims, profile, command, warm: null };
      finish((await validate(plan)).exitCode);
    });
}

/** Claims that were named, or those of the last run that did not pass. */
async function claimsMeant(names: readonly string[], lastFailed: boolean): Promise<string[]> {
  if (lastFailed !== (names.length === 0)) {
    throw new CommandError(
      lastFailed
        ? `--last-failed says which claims are meant: saw ${names.join(", ")} too, allowed is one of both`
        : "no suite is named; `npm run list` has them, --last-failed takes those that did not pass",
      exitCodes.usage,
    );
  }
  if (!lastFailed) return claimsNamed(names);
  const [{ notPassed }, { concluded, find }, { decideRun }] = await Promise.all([
    import("./last-failed.ts"),
    import("./report.ts"),
    import("../reports/run-store.ts"),
  ]);
  const run = find("latest");
  const verdict = concluded(run, () => decideRun(run));
  return claimsNamed(notPassed(verdict.runId, verdict.claims));
}

export function addSuiteCommand(root: Command, finish: Finish): void {
  withMeasureOptions(root.command("suite"))
    .description("run single suites or claims, on the kept stack when there is one")
    .argument("[names...]", "such as `tls` or `resilience/replica-kill`")
    .option("--last-failed", "the claims of the last run that did not pass")
    .addHelpText(
      "after",
      examples(
        "npm run suite -- tls                                 all claims of a suite",
        "npm run suite -- resilience/replica-kill --repeat 5  one claim, five times",
        "npm run suite -- --last-failed                       what did not pass last time",
        "npm run suite -- durability --dry-run                what would be hurt",
      ),
    )
    .action(async (names: string[], options: MeasureOptions & { readonly lastFailed?: true }) => {
      const claims = await claimsMeant(names, options.lastFailed === true);
      const { readWarmStack } = await import("./warm-stack.ts");
      const warm = readWarmStack();
      if (options.dryRun === true) return printDryRun(claims, warmOrFresh(warm));
      const { validate } = await import("./validate.ts");
      const named = options.lastFailed === true ? claims : names;
      const verdict = await validate({
        ...planOf(options),
        claims,
        profile: "release",
        command: `npm run suite -- ${named.join(" ")} ${wordsOf(options)}`,
        warm,
        allureReport: false,
      });
      finish(verdict.exitCode);
    });
}

interface GateOptions {
  readonly profile?: Profile;
  readonly run?: string;
  readonly images?: string;
  readonly strict?: true;
  readonly json?: true;
  readonly seed: number;
}

export function addGateCommand(root: Command, finish: Finish): void {
  root
    .command("gate")
    .description("may this be released? runs and decides, or decides again from a stored run")
    .addOption(profileOption())
    .option("--run <id or folder>", "decide again from a stored run, without an engine")
    .option(
      "--images <what>",
      "where base images come from (registry, airgap), or images to release as service=reference,…",
    )
    .addOption(strictOption())
    .addOption(seedOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples(
        "npm run gate                                   the profile release, on a stack of its own",
        "npm run gate -- --profile nightly --strict     everything; a warning is a no",
        "npm run gate -- --profile local                what takes seconds, on the kept stack",
        "npm run gate -- --run latest                   again, by today's limits and waivers",
        "npm run gate -- --run /tmp/artifacts/run-1     a run of another machine",
        "npm run gate -- --images server=registry.example/server@sha256:0123abcd",
      ),
    )
    .action(async (options: GateOptions) => {
      if (options.run === undefined) return gateByRunning(options, finish);
      if (options.images !== undefined) {
        throw new CommandError(
          "--images starts a stack and --run does not: allowed is one of both",
          exitCodes.usage,
        );
      }
      return gateAgain({ ...options, run: options.run }, finish);
    });
}

async function gateByRunning(options: GateOptions, finish: Finish): Promise<void> {
  const { profile = "release", images, seed, strict, json } = options;
  const givenImages = images === undefined ? null : await imagesMeant(images);
  const { validate } = await import("./validate.ts");
  const { readWarmStack } = await import("./warm-stack.ts");
  const words = [
    `--profile ${profile}`,
    ...(images === undefined ? [] : [`--images ${images}`]),
    ...(strict === true ? ["--strict"] : []),
    `--seed ${seed}`,
  ];
  const verdict = await validate({
    ports: hostPorts(),
    seed,
    json: json === true,
    strict: strict === true,
    claims: claimsOf(profile),
    profile,
    command: `npm run gate -- ${words.join(" ")}`,
    // Only what is no release verdict may be measured on a stack with a past.
    warm: profile === "local" && images === undefined ? readWarmStack() : null,
    ...(givenImages === null ? {} : { givenImages }),
  });
  finish(verdict.exitCode);
}

/** References by service; a source of base images goes where every start looks for it. */
async function imagesMeant(text: string): Promise<GivenImages | null> {
  if (text === "registry" || text === "airgap") {
    process.env["IMAGES"] = text;
    return null;
  }
  const { givenImagesFrom, GivenImagesError } = await import("../stack/given-images.ts");
  try {
    return givenImagesFrom(text);
  } catch (error) {
    if (!(error instanceof GivenImagesError)) throw error;
    throw new CommandError(error.message, exitCodes.usage, { cause: error });
  }
}

async function gateAgain(
  { run, profile, strict, json }: GateOptions & { readonly run: string },
  finish: Finish,
): Promise<void> {
  const [{ gateStoredRun }, { find, tellVerdict }, { readWaivers }, { publish }] =
    await Promise.all([
      import("./gate.ts"),
      import("./report.ts"),
      import("./waivers-file.ts"),
      import("./publish.ts"),
    ]);
  const verdict = gateStoredRun(find(run), {
    profile: profile ?? null,
    strict: strict === true,
    waivers: readWaivers(),
    now: new Date(),
  });
  tellVerdict(verdict, [], json === true);
  publish(verdict);
  finish(verdict.exitCode);
}

interface MutantOptions {
  readonly area?: string;
  readonly cheap?: true;
  readonly rotate?: number;
  readonly lanes: number;
  readonly list?: true;
  readonly record?: true | readonly string[];
  readonly seed: number;
}

function mutantOptions(): Option[] {
  return [
    new Option("--area <name>", "only mutants of one area, such as `gateway`"),
    new Option("--cheap", "those that take seconds, on one stack; with --rotate these as well"),
    rotateOption(),
    lanesOption(),
    new Option("--list", "print the catalogue and start nothing"),
    new Option(
      "--record [folders...]",
      "add the results of stored campaigns to docs/track-record.md and start nothing",
    ),
  ];
}

/** The words by which the same mutants are tried again. */
function mutantWords(
  ids: readonly string[],
  { area, cheap, rotate, lanes, seed }: MutantOptions,
): readonly string[] {
  return [
    ...ids,
    ...(area === undefined ? [] : ["--area", area]),
    ...(cheap === undefined ? [] : ["--cheap"]),
    ...(rotate === undefined ? [] : ["--rotate", `${rotate}`]),
    ...(lanes === 1 ? [] : ["--lanes", `${lanes}`]),
    "--seed",
    `${seed}`,
  ];
}

export function addMutantsCommand(root: Command, finish: Finish): void {
  const command = root
    .command("mutants")
    .description("start stacks with known defects; every one must be caught by its claim")
    .argument("[ids...]", "such as `gateway-retries-off`; all of them when none is named");
  for (const option of mutantOptions()) command.addOption(option);
  command
    .addOption(seedOption())
    .addHelpText(
      "after",
      examples(
        "npm run mutants -- --list",
        "npm run mutants -- gateway-retries-off",
        "npm run mutants -- --area gateway",
        "npm run mutants -- --cheap --rotate 20",
        "npm run mutants -- --lanes 2",
        "npm run mutants -- --record reports/runs/<campaign>",
      ),
    )
    .action(async (ids: string[], options: MutantOptions) => {
      const { area, cheap, rotate, lanes, list, record, seed } = options;
      if (record !== undefined) {
        const { keepTrackRecord, scoresIn } = await import("./track-record.ts");
        keepTrackRecord(scoresIn(record === true ? [] : record));
        return;
      }
      const { listMutants, mutantsNamed, mutantsOfTheDay } = await import("./mutant-choice.ts");
      const budget = { cheap: cheap === true, rotateDays: rotate ?? null };
      const mutants = mutantsOfTheDay(mutantsNamed(ids, area ?? null), budget, new Date());
      if (list === true) {
        for (const line of listMutants(mutants)) print(line);
        return;
      }
      const { tryMutants } = await import("./mutants.ts");
      const words = `npm run mutants -- ${mutantWords(ids, options).join(" ")}`;
      const plan = { mutants, command: words, ports: hostPorts(), seed, lanes, keepsTrack: true };
      finish(await tryMutants(plan));
    });
}
