/** The command line: parses, calls one command, and turns its end into an exit code. */

import { CommanderError } from "commander";
import { keepCompiledModules } from "./compile-cache.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { program } from "./program.ts";

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
