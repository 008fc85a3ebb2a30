import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  createBrowserDirectory,
  removeBrowserDirectory,
  removeDeadBrowserDirectories,
} from "./browser-directory.ts";

async function inParent(use: (parent: string) => Promise<void>): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), "browser-parent-"));
  try {
    await use(parent);
  } finally {
    rmSync(parent, { recursive: true });
  }
}

test("what was started with the folder in its environment ends with it", async () => {
  await inParent(async (parent) => {
    const directory = createBrowserDirectory(parent);
    const child = spawn("sleep", ["60"], { env: { TMPDIR: directory }, stdio: "ignore" });
    await once(child, "spawn");
    const ended = once(child, "exit");

    await removeBrowserDirectory(directory);

    expect(await ended).toEqual([null, "SIGKILL"]);
    expect(existsSync(directory)).toBe(false);
  });
});

test("a folder whose owner is dead is removed, that of a living one stays", async () => {
  await inParent(async (parent) => {
    const living = createBrowserDirectory(parent);
    const dead = createBrowserDirectory(parent);
    writeFileSync(join(dead, "owner"), `${hostname()}/999999999/1`);

    expect(await removeDeadBrowserDirectories(parent)).toEqual([dead]);

    expect(existsSync(living)).toBe(true);
    expect(existsSync(dead)).toBe(false);
  });
});
