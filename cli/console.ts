/** Progress goes to standard error, one line for each step; results go to standard output. */

const started = performance.now();

/** A line of progress with the time since the command began. */
export function progress(line: string): void {
  const seconds = ((performance.now() - started) / 1_000).toFixed(1).padStart(6);
  process.stderr.write(`${seconds} s  ${line}\n`);
}

/** A line of result. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * Says every 30 s that work goes on: machines that watch for silence end jobs that say nothing.
 */
export function heartbeat(what: () => string): Disposable {
  const timer = setInterval(() => progress(`still at work: ${what()}`), 30_000);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
