import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const WATCHDOG = new URL("./watchdog.ts", import.meta.url).href;

/** Runs a program that starts the watchdog with a limit of one second and then does as told. */
function runWatched(body: string) {
  const program = `
    import { startWatchdog } from ${JSON.stringify(WATCHDOG)};
    const stop = startWatchdog(1_000);
    ${body}
  `;
  const file = join(mkdtempSync(join(tmpdir(), "watchdog-")), "watched.mjs");
  writeFileSync(file, program);
  const child = spawnSync(process.execPath, [file], { encoding: "utf8", timeout: 20_000 });
  return { signal: child.signal, status: child.status, output: child.stderr };
}

test("kills a process whose main thread is blocked, and says so", () => {
  const ended = runWatched("setTimeout(() => { for (;;) {} }, 200);");
  expect(ended.signal).toBe("SIGKILL");
  expect(ended.output).toContain("the main thread is blocked");
});

test("lets a busy main thread live that comes up for air", () => {
  const ended = runWatched(`
    for (let turn = 0; turn < 3; turn += 1) {
      const endsAtMs = performance.now() + 400;
      while (performance.now() < endsAtMs) {}
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await stop();
    process.exitCode = 7;
  `);
  expect(ended).toMatchObject({ signal: null, status: 7 });
});
