/**
 * Brings the schema of the database to the newest version, then exits: the one-shot `migrate`
 * service.
 *
 * Environment: DATABASE_HOST, DATABASE_PASSWORD_FILE (password of the owner role); optional
 * DATABASE_PORT (5432), DATABASE_NAME (missions), DATABASE_USER (missions_owner).
 * Exit code 0: the schema is at the newest version, also when there was nothing to do. Exit code 1:
 * the schema is as it was, because all pending migrations run in one transaction; standard error
 * says why. Two runs at the same time are safe: the second waits for the advisory lock of the
 * first. Migrations are files `migrations/<number>_<name>.sql`; they only add (expand), and remove
 * what no running server needs any more in a later release (contract), so that servers can be
 * replaced one by one.
 */
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runner } from "node-pg-migrate";
import pg from "pg";

const CONNECT_DEADLINE_MS = 60_000;
const CONNECT_INTERVAL_MS = 500;
const CONNECT_TIMEOUT_MS = 3_000;

/** Error codes of a server that is not there yet, as opposed to one that refuses this client. */
const NOT_YET_CODES: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "57P03",
]);

function requiredVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") {
    throw new Error(`read configuration: ${name} is not set, allowed: a value; set it`);
  }
  return value;
}

function readConnection(): pg.ClientConfig {
  const passwordFile = requiredVariable("DATABASE_PASSWORD_FILE");
  return {
    host: requiredVariable("DATABASE_HOST"),
    port: Number(process.env["DATABASE_PORT"] ?? "5432"),
    database: process.env["DATABASE_NAME"] ?? "missions",
    user: process.env["DATABASE_USER"] ?? "missions_owner",
    password: readFileSync(passwordFile, "utf8").trim(),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "hyper-mission-migrate",
  };
}

function isNotYetThere(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  if ("code" in error && typeof error.code === "string") {
    return NOT_YET_CODES.has(error.code);
  }
  return /timeout|terminated unexpectedly/i.test(error.message);
}

/** Connects, waiting at most CONNECT_DEADLINE_MS for a server that is still starting. */
async function connect(connection: pg.ClientConfig): Promise<pg.Client> {
  const deadlineMs = performance.now() + CONNECT_DEADLINE_MS;
  for (;;) {
    const client = new pg.Client(connection);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!isNotYetThere(error) || performance.now() > deadlineMs) {
        throw error;
      }
      await delay(CONNECT_INTERVAL_MS);
    }
  }
}

async function main(): Promise<void> {
  const client = await connect(readConnection());
  try {
    const applied = await runner({
      dbClient: client,
      dir: fileURLToPath(new URL("../migrations", import.meta.url)),
      direction: "up",
      migrationsTable: "schema_migrations",
      singleTransaction: true,
      checkOrder: true,
      advisoryLockMode: "wait",
      log: () => undefined,
    });
    const names = applied.map((migration) => migration.name);
    process.stdout.write(
      `${JSON.stringify({ message: "schema is up to date", applied: names })}\n`,
    );
  } finally {
    await client.end();
  }
}

try {
  await main();
} catch (error) {
  const seen = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `migrate the schema: ${seen}, allowed: every migration applied; nothing was changed, correct ` +
      "the cause and run again\n",
  );
  process.exitCode = 1;
}
