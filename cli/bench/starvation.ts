/** Takes a generator's processor time away, for real: to see whether it says so of itself. */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { GeneratedLoad, LoadOrder } from "../../fixtures/traffic/generator.ts";

/** What the process of the generator says. */
export type StarvedMessage =
  | { readonly type: "started" }
  | { readonly type: "load"; readonly load: GeneratedLoad };

const limitMs = 30_000;

/**
 * One load from a process of its own, which is stopped (SIGSTOP) for so long in the middle of it.
 *
 * @throws Error when the process says nothing within half a minute
 */
export function starvedLoad(order: LoadOrder, stoppedMs: number): Promise<GeneratedLoad> {
  const file = fileURLToPath(new URL("./starved-process.ts", import.meta.url));
  return new Promise((resolve, reject) => {
    const child = fork(file, { execArgv: [] });
    const end = (why: string) => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      reject(new Error(`starved a generator: ${why}, allowed is a load within ${limitMs} ms`));
    };
    const timer = setTimeout(() => end("saw nothing"), limitMs);
    child.once("error", (error) => end(error.message));
    child.once("exit", (code) => end(`its process ended with ${code}`));
    child.on("message", (message: StarvedMessage) => {
      if (message.type === "load") return resolve(message.load);
      child.kill("SIGSTOP");
      setTimeout(() => child.kill("SIGCONT"), stoppedMs);
    });
    child.send(order);
  });
}
