import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ConfigurationError, readConfig } from "./config.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "server-config-"));
  writeFileSync(join(folder, "password"), "s3cret with space \n");
  writeFileSync(join(folder, "empty"), "\n");
});

function environment(changes: Record<string, string | undefined> = {}) {
  return {
    DATABASE_HOST: "postgres",
    DATABASE_PASSWORD_FILE: join(folder, "password"),
    REDIS_HOST: "redis",
    REDIS_PASSWORD_FILE: join(folder, "password"),
    ...changes,
  };
}

function findingsOf(changes: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(environment(changes));
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return error.findings;
    }
    throw error;
  }
  return [];
}

test("fills in what production does not set, and takes the first line of a secret as it is", () => {
  const config = readConfig(environment());
  expect(config.port).toBe(3000);
  expect(config.drainDelayMs).toBe(0);
  expect(config.database).toEqual({
    host: "postgres",
    port: 5432,
    name: "missions",
    user: "missions_app",
    password: "s3cret with space ",
    poolSize: 10,
  });
  expect(config.redis.port).toBe(6379);
});

test("treats an empty variable as one that is not set", () => {
  expect(readConfig(environment({ PORT: "" })).port).toBe(3000);
});

test("reports everything that is wrong at once, by the name of the variable", () => {
  const findings = findingsOf({
    PORT: "70000",
    DATABASE_HOST: undefined,
    DATABASE_PASSWORD_FILE: join(folder, "missing"),
    REDIS_PASSWORD_FILE: join(folder, "empty"),
    DRAIN_DELAY_MS: "soon",
  });
  expect(new Set(findings.map((finding) => finding.split(":")[0]))).toEqual(
    new Set([
      "DATABASE_HOST",
      "DATABASE_PASSWORD_FILE",
      "DRAIN_DELAY_MS",
      "PORT",
      "REDIS_PASSWORD_FILE",
    ]),
  );
  expect(findings.join(" ")).toContain("ENOENT");
});
