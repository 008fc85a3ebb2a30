/** Every command with its options; what a command does is loaded when it is called. */

import { Command } from "commander";
import { exitCodeHelp } from "./exit-codes.ts";
import { examples } from "./options.ts";
import { addProjectCommands, addRecordCommands, addStackCommands } from "./other-commands.ts";
import {
  addGateCommand,
  addMutantsCommand,
  addSuiteCommand,
  addValidateCommand,
} from "./run-commands.ts";

/** @param finish takes the exit code of the command that was called */
export function program(finish: (exitCode: number) => void): Command {
  const root = new Command("hyper-mission")
    .description("Proves that the Hyper-Mission system may be released, or says why not.")
    .addHelpText(
      "after",
      examples(
        "npm run validate           all that a release has to show, and a verdict",
        "npm run up                 a stack that stays; then, again and again:",
        "npm run suite -- tls       one suite on it",
        "npm run gate -- --help     every command has a help of its own",
      ),
    )
    .addHelpText("afterAll", `\n${exitCodeHelp}`)
    .exitOverride();
  addValidateCommand(root, finish);
  addSuiteCommand(root, finish);
  addGateCommand(root, finish);
  addMutantsCommand(root, finish);
  addStackCommands(root, finish);
  addRecordCommands(root, finish);
  addProjectCommands(root, finish);
  return root;
}
