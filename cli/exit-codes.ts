/** How the command line ends; printed by `--help`. */

export { exitCodes } from "../reports/run-verdict.ts";

export const exitCodeHelp = `Exit codes:
    0  GO (also with warnings)
    1  NO_GO: the product missed a promise
    2  INCONCLUSIVE: something was not measured
    3  harness error: the stack did not start, or the engine is gone
   64  wrong usage or configuration
   69  something that is needed is missing
  130, 143  cancelled by SIGINT, SIGTERM`;

/** A mistake of the caller or of the machine: one clear line, its exit code, no stack trace. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
