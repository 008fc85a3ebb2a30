import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { AirgapBuildError, runStep } from "./step.ts";

test("a step returns what it printed", async () => {
  const script = "console.log(process.env.GREETING)";
  const environment = { GREETING: "hello" };
  await expect(runStep("greeting", "node", ["-e", script], { environment })).resolves.toBe("hello");
});

test("a failed step shows its exit code and the end of its log", async () => {
  const script = "for (let n = 0; n < 40; n += 1) console.error(`line ${n}`); process.exit(7)";
  const step = runStep("counting", "node", ["-e", script]);
  await expect(step).rejects.toThrow(AirgapBuildError);
  await expect(step).rejects.toThrow(/^counting: exit code 7;[^]*\nline 20\n[^]*line 39$/);
});

test("a program that is not installed is an error of the step", async () => {
  const step = runStep("bootstrapping", "no-such-program", []);
  await expect(step).rejects.toThrow(/^bootstrapping: .*no-such-program ENOENT/);
});

test("a cancelled step is waited for until it and its children have ended", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hyper-mission-step-"));
  // Only a signal to the child ends this step, as it ignores its own.
  const script = `
    process.on("SIGTERM", () => {});
    process.exitCode = 1;
    const child = require("node:child_process").spawn("sleep", ["30"]);
    child.once("spawn", () => fs.writeFileSync("ready", ""));
    child.once("exit", () => fs.writeFileSync("ended", ""));
  `;
  const inFolder = `process.chdir(${JSON.stringify(folder)}); ${script}`;
  const cancelled = new AbortController();
  const step = runStep("waiting", "node", ["-e", inFolder], { signal: cancelled.signal });
  const outcome = step.catch((error: unknown) => error);
  await vi.waitUntil(() => existsSync(join(folder, "ready")));
  cancelled.abort();
  expect(await outcome).toMatchObject({ message: "waiting: cancelled." });
  expect(existsSync(join(folder, "ended"))).toBe(true);
  await rm(folder, { recursive: true });
});
