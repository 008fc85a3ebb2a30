import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { slo } from "../reports/slo.ts";
import { CommandError } from "./exit-codes.ts";
import { readWaivers } from "./waivers-file.ts";

let directory = "";
let path = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "waivers-"));
  path = join(directory, "waivers.json");
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const now = new Date("2026-11-23T10:00:00Z");
const waiver = { criterion: slo.handshake.id, reason: "r", owner: "o", expires: "2026-11-30" };

function write(waivers: readonly object[]): void {
  writeFileSync(path, JSON.stringify({ schemaVersion: 1, waivers }));
}

test("what holds is read", () => {
  write([waiver]);
  expect(readWaivers(path, now)).toEqual([waiver]);
});

test.each([
  ["an expired one", () => write([{ ...waiver, expires: "2026-11-22" }]), /expired on 2026-11-22/],
  ["an unknown criterion", () => write([{ ...waiver, criterion: "VP-2.x" }]), /no criterion/],
  ["no JSON", () => writeFileSync(path, "{"), /reading .*waivers\.json: .*JSON/],
  ["no file", () => undefined, /ENOENT/],
])("%s is wrong configuration", (_, prepare, message) => {
  prepare();
  expect(() => readWaivers(path, now)).toThrow(message);
  expect(() => readWaivers(path, now)).toThrow(CommandError);
  expect(() => readWaivers(path, now)).toThrow(expect.objectContaining({ exitCode: 64 }));
});
