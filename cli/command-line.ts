/** Parses, calls one command, and turns its end into an exit code. */

import { CommanderError } from "commander";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { program } from "./program.ts";

/** @returns the exit code of the process; every error is told here and ends nothing else */
export async function runCommandLine(): Promise<number> {
  let exitCode: number = exitCodes.go;
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
