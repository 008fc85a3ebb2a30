import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** What the promises on durability and time rest on; see postgresql.conf. */
const REQUIRED: Readonly<Record<string, string>> = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  restart_after_crash: "on",
  password_encryption: "scram-sha-256",
  client_connection_check_interval: "1s",
  log_statement: "none",
  log_parameter_max_length_on_error: "0",
};

function settingsOf(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^([a-z_]+) = '?([^'#]*?)'?\s*$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) {
      settings.set(match[1], match[2]);
    }
  }
  return settings;
}

/** The required settings that a configuration does not make, or makes differently. */
function findingsIn(text: string): readonly string[] {
  const settings = settingsOf(text);
  return Object.entries(REQUIRED).flatMap(([name, value]) =>
    settings.get(name) === value ? [] : [`${name} = ${settings.get(name) ?? "not set"}`],
  );
}

const text = readFileSync(new URL("../postgresql.conf", import.meta.url), "utf8");

test("the check finds a setting that is off, missing, or overridden further down", () => {
  expect(findingsIn(text.replace("fsync = on", "fsync = off"))).toEqual(["fsync = off"]);
  expect(findingsIn(text.replace("full_page_writes = on", ""))).toEqual([
    "full_page_writes = not set",
  ]);
  expect(findingsIn(`${text}\nsynchronous_commit = off\n`)).toEqual(["synchronous_commit = off"]);
});

test("everything that durability rests on is written out", () => {
  expect(findingsIn(text)).toEqual([]);
});

test("all replicas together, the migration, the monitoring and the operator fit into the connections", () => {
  const connections = Number(settingsOf(text).get("max_connections"));
  const roles = readFileSync(new URL("../init/10-roles.sh", import.meta.url), "utf8");
  const roleLimits = [...roles.matchAll(/CONNECTION LIMIT (\d+)/g)].map((match) =>
    Number(match[1]),
  );
  const superuserReserve = 3;
  expect(roleLimits).toHaveLength(3);
  expect(roleLimits.reduce((sum, limit) => sum + limit, superuserReserve)).toBeLessThan(
    connections,
  );
});
