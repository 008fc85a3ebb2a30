/** Commands around a run: the kept stack, stored runs, and the state of machine and sources. */

import type { Command } from "commander";
import type { Profile } from "../reports/manifest.ts";
import { print } from "./console.ts";
import { exitCodes } from "./exit-codes.ts";
import { examples, hostPorts, jsonOption, profileOption, remoteOption } from "./options.ts";

type Finish = (exitCode: number) => void;

interface RemoteOptions {
  readonly allowRemoteEngine?: boolean;
}

interface JsonOptions {
  readonly json?: true;
}

export function addStackCommands(root: Command, finish: Finish): void {
  root
    .command("up")
    .description("start a stack that stays, and print its addresses")
    .addHelpText("after", examples("npm run up", "HTTPS_PORT=8443 npm run up"))
    .action(async () => finish(await (await import("./stack-commands.ts")).up(hostPorts())));
  root
    .command("down")
    .description("remove the kept stack")
    .addOption(remoteOption())
    .addHelpText("after", examples("npm run down"))
    .action(async ({ allowRemoteEngine = false }: RemoteOptions) => {
      finish(await (await import("./stack-commands.ts")).down(allowRemoteEngine));
    });
  root
    .command("clean")
    .description("remove what killed runs left, and every kept stack")
    .addOption(remoteOption())
    .addHelpText("after", examples("npm run clean"))
    .action(async ({ allowRemoteEngine = false }: RemoteOptions) => {
      finish(await (await import("./stack-commands.ts")).clean(allowRemoteEngine));
    });
  root
    .command("status")
    .description("which stack is kept, its containers, and what the last run came to")
    .addOption(jsonOption())
    .addHelpText("after", examples("npm run status", "npm run status -- --json"))
    .action(async ({ json }: JsonOptions) => {
      finish(await (await import("./status.ts")).printStatus(json === true));
    });
  root
    .command("doctor")
    .description("what a run needs of this machine, each finding with its fix")
    .addOption(jsonOption())
    .addHelpText("after", examples("npm run doctor", "npm run doctor -- --json"))
    .action(async ({ json }: JsonOptions) => {
      finish(await (await import("./doctor.ts")).doctor(hostPorts(), json === true));
    });
}

export function addRecordCommands(root: Command, finish: Finish): void {
  root
    .command("report")
    .description("write summary, Allure report and JUnit again from a stored run")
    .argument("[run]", "id of the run, or its folder", "latest")
    .option(
      "--folder",
      "Allure as a folder for a web server, in place of one file that opens anywhere",
    )
    .addOption(jsonOption())
    .addHelpText("after", examples("npm run report", "npm run report -- 20260131-235959-a1b2"))
    .action(async (run: string, { json, folder }: JsonOptions & { readonly folder?: true }) => {
      const asFolder = folder === true;
      finish(
        await (await import("./report.ts")).reportAgain(run, { json: json === true, asFolder }),
      );
    });
  root
    .command("rejudge")
    .description("judge a stored run again, without an engine")
    .argument("[run]", "id of the run, or its folder", "latest")
    .addOption(jsonOption())
    .addHelpText("after", examples("npm run rejudge", "npm run rejudge -- latest --json"))
    .action(async (run: string, { json }: JsonOptions) =>
      finish((await import("./report.ts")).rejudgeAgain(run, json === true)),
    );
  root
    .command("faults")
    .description("print what was seen of every fault in stored runs, as a table in Markdown")
    .argument("<runs...>", "ids of runs, or `latest`")
    .addHelpText("after", examples("npm run faults -- latest"))
    .action(async (runs: string[]) => finish((await import("./report.ts")).printFaults(runs)));
}

interface EndingsOptions {
  readonly withoutEngine?: true;
  readonly list?: true;
}

interface ListOptions extends JsonOptions {
  readonly profile?: Profile;
}

export function addProjectCommands(root: Command, finish: Finish): void {
  root
    .command("bench")
    .description("measure the measuring, and what parts of the kept stack cost, as ratios")
    .addHelpText("after", examples("npm run bench", "npm run up, then npm run bench"))
    .action(async () => finish(await (await import("./bench/bench.ts")).bench()));
  root
    .command("list")
    .description("every claim with its promises, profiles, criteria and the mutants it catches")
    .addOption(profileOption())
    .addOption(jsonOption())
    .addHelpText("after", examples("npm run list", "npm run list -- --profile release --json"))
    .action(async ({ profile, json }: ListOptions) => {
      const [{ listClaims, listLines }, { lastDurations }, { runsDirectory }] = await Promise.all([
        import("./list.ts"),
        import("./remember-run.ts"),
        import("./report.ts"),
      ]);
      const input = { lastDurations: lastDurations(runsDirectory) };
      const claims = listClaims(profile ?? null, input);
      if (json === true) print(JSON.stringify(claims, null, 2));
      else for (const line of listLines(claims)) print(line);
    });
  root
    .command("check")
    .description(
      "format, lint, types, dead code, unit tests; with an engine the monitoring's rules",
    )
    .addHelpText("after", examples("npm run check"))
    .action(async () => {
      const results = await (await import("./check.ts")).runChecks();
      const count = (state: string) => results.filter((result) => result.state === state).length;
      print(`${count("passed")} passed, ${count("FAILED")} failed, ${count("not run")} not run`);
      finish(count("FAILED") === 0 ? exitCodes.go : exitCodes.noGo);
    });
  root
    .command("endings")
    .description("bring about every way in which a command may end, and see that each ends well")
    .argument("[ids...]", "such as `sigint-in-load`; all of them when none is named")
    .option("--without-engine", "only those that need no container engine")
    .option("--list", "print what is expected of each and start nothing")
    .addHelpText(
      "after",
      examples(
        "npm run endings -- --list",
        "npm run endings -- --without-engine",
        "npm run endings -- sigint-in-load killed",
      ),
    )
    .action(async (ids: string[], { withoutEngine, list }: EndingsOptions) => {
      const endings = await import("./endings/endings.ts");
      const chosen = endings.endingsNamed(ids, withoutEngine !== true);
      if (list === true) for (const line of endings.listEndings(chosen)) print(line);
      else finish(await endings.bringAboutAll(chosen));
    });
  root
    .command("canaries")
    .description("damage the suite itself, one defect after the other: its own checks must notice")
    .addHelpText("after", examples("npm run canaries"))
    .action(async () => finish(await (await import("./canaries/run.ts")).tryCanaries()));
  root
    .command("test")
    .description("all checks, a full validation of the healthy stack, and the cheap mutants")
    .addHelpText("after", examples("npm test"))
    .action(async () => finish(await (await import("./test.ts")).test(hostPorts())));
}
