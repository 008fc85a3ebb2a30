/**
 * The server's configuration, read once from the environment and from secret files.
 *
 *   required  DATABASE_HOST  DATABASE_PASSWORD_FILE  REDIS_HOST  REDIS_PASSWORD_FILE
 *   optional  PORT (3000)  DATABASE_PORT (5432)  DATABASE_NAME (missions)
 *             DATABASE_USER (missions_app)  DATABASE_POOL_SIZE (10)  REDIS_PORT (6379)
 *             BUILD_ID (development)  LOG_LEVEL (info)  REPLICA_ID (host name)
 *             DRAIN_DELAY_MS (0; 5000 where a virtual address needs time to forget this replica)
 *
 * Secrets come from files only, so that they show in no process listing and in no `inspect`.
 */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { z } from "zod";

const DRAIN_DELAY_MAX_MS = 60_000;
const POOL_SIZE_MAX = 40;

/** What the environment has wrong, every finding at once. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(
      `read configuration: ${findings.join("; ")}, allowed: as documented in config.ts; correct ` +
        "the environment and start again",
    );
    this.findings = findings;
  }
}

const port = z.coerce.number().int().min(1).max(65_535);
const name = z.string().min(1);

const passwordFile = z.string().transform((path, context) => {
  let content: string;
  try {
    content = readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    context.addIssue({ code: "custom", message: `the file it names cannot be read (${code})` });
    return z.NEVER;
  }
  const password = content.split(/\r?\n/, 1)[0] ?? "";
  if (password === "") {
    context.addIssue({ code: "custom", message: "the file it names has an empty first line" });
    return z.NEVER;
  }
  return password;
});

const environmentSchema = z.object({
  PORT: port.default(3000),
  BUILD_ID: name.default("development"),
  REPLICA_ID: name.default(() => hostname()),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  DRAIN_DELAY_MS: z.coerce.number().int().min(0).max(DRAIN_DELAY_MAX_MS).default(0),
  DATABASE_HOST: name,
  DATABASE_PORT: port.default(5432),
  DATABASE_NAME: name.default("missions"),
  DATABASE_USER: name.default("missions_app"),
  DATABASE_PASSWORD_FILE: passwordFile,
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(POOL_SIZE_MAX).default(10),
  REDIS_HOST: name,
  REDIS_PORT: port.default(6379),
  REDIS_PASSWORD_FILE: passwordFile,
});

export interface DatabaseConfig {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly user: string;
  readonly password: string;
  readonly poolSize: number;
}

export interface RedisConfig {
  readonly host: string;
  readonly port: number;
  readonly password: string;
}

export interface Config {
  readonly port: number;
  readonly buildId: string;
  readonly replicaId: string;
  readonly logLevel: string;
  readonly drainDelayMs: number;
  readonly database: DatabaseConfig;
  readonly redis: RedisConfig;
}

/**
 * Reads the configuration, or throws one ConfigurationError that lists everything that is wrong.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const result = environmentSchema.safeParse(given);
  if (!result.success) {
    throw new ConfigurationError(
      result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`),
    );
  }
  const read = result.data;
  return {
    port: read.PORT,
    buildId: read.BUILD_ID,
    replicaId: read.REPLICA_ID,
    logLevel: read.LOG_LEVEL,
    drainDelayMs: read.DRAIN_DELAY_MS,
    database: {
      host: read.DATABASE_HOST,
      port: read.DATABASE_PORT,
      name: read.DATABASE_NAME,
      user: read.DATABASE_USER,
      password: read.DATABASE_PASSWORD_FILE,
      poolSize: read.DATABASE_POOL_SIZE,
    },
    redis: { host: read.REDIS_HOST, port: read.REDIS_PORT, password: read.REDIS_PASSWORD_FILE },
  };
}
