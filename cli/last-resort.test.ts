import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const module = new URL("last-resort.ts", import.meta.url).href;

function run(lines: string): { readonly status: number | null; readonly stderr: string } {
  const script = `import { catchTheRest, tidyUpFirst } from "${module}"; catchTheRest(); ${lines}`;
  return spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
    timeout: 20_000,
  });
}

test("what nobody caught is an error of the harness, and never a NO_GO", () => {
  const thrown = run(`setImmediate(() => { throw new Error("lost"); });`);
  const rejected = run(`void Promise.reject(new Error("lost"));`);

  expect(thrown).toMatchObject({ status: 3, stderr: expect.stringContaining("lost") });
  expect(rejected).toMatchObject({ status: 3, stderr: expect.stringContaining("lost") });
});

test("whoever has to tidy up gets it first", () => {
  const { status, stderr } = run(`
    tidyUpFirst((error) => { console.error("tidied up after", error.message); process.exitCode = 9; });
    setImmediate(() => { throw new Error("lost"); });`);

  expect(stderr).toBe("tidied up after lost\n");
  expect(status).toBe(9);
});

test("a reader that went away ends nothing", () => {
  const { status } = run(`
    process.stdout.emit("error", Object.assign(new Error("gone"), { code: "EPIPE" }));
    process.exitCode = 7;`);

  expect(status).toBe(7);
});
