/** What nobody caught must not look like a verdict: Node would end with 1, which says NO_GO. */

import { exitCodes } from "./exit-codes.ts";

type Handle = (error: unknown) => void;

function leave(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(exitCodes.harness);
}

let handle: Handle = leave;

/** Listens for as long as the process lives. */
export function catchTheRest(): void {
  process.on("uncaughtException", (error) => handle(error));
  for (const stream of [process.stdout, process.stderr]) {
    // Whoever read it went away; the work is to be done, and tidied up, all the same.
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") handle(error);
    });
  }
}

/** Gives what nobody caught to somebody who has to tidy up first, until that is done. */
export function tidyUpFirst(instead: Handle): Disposable {
  handle = instead;
  return {
    [Symbol.dispose]: () => {
      handle = leave;
    },
  };
}
