/** Progress goes to standard error, one line for each step; results go to standard output. */

const started = performance.now();
const beatMs = 30_000;

/** A line that stands below all others and changes in place. */
interface LiveLine {
  /** Takes the line away, so that another can be written in its place. */
  readonly clear: () => void;
  readonly draw: () => void;
}

let live: LiveLine | null = null;

function elapsed(): string {
  return `${((performance.now() - started) / 1_000).toFixed(1).padStart(6)} s`;
}

function write(stream: NodeJS.WriteStream, line: string): void {
  live?.clear();
  stream.write(`${line}\n`);
  live?.draw();
}

/** A line of progress with the time since the command began. */
export function progress(line: string): void {
  write(process.stderr, `${elapsed()}  ${line}`);
}

/** A line of result. */
export function print(line: string): void {
  write(process.stdout, line);
}

/** Whether somebody watches who can see a line change. */
export function isWatched(
  stream: Pick<NodeJS.WriteStream, "isTTY"> = process.stderr,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  const { TERM, CI = "" } = environment;
  return stream.isTTY && TERM !== "dumb" && (CI === "" || CI === "false");
}

/**
 * Says that work goes on: on a terminal in one line that changes, elsewhere every 30 s, because
 * machines that watch for silence end jobs that say nothing.
 *
 * @param what is asked for anew each time
 */
export async function whileAtWork(what: () => string): Promise<Disposable> {
  if (!isWatched()) {
    const timer = setInterval(() => progress(`still at work: ${what()}`), beatMs);
    return { [Symbol.dispose]: () => clearInterval(timer) };
  }
  const { liveLine } = await import("./live-line.ts");
  const line = liveLine(process.stderr, () => `${elapsed()}  ${what()}`);
  live = line;
  return {
    [Symbol.dispose]: () => {
      live = null;
      line.end();
    },
  };
}
