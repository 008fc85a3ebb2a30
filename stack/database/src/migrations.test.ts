import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDER = new URL("../migrations/", import.meta.url);

interface Migration {
  readonly name: string;
  readonly sql: string;
}

/**
 * What is wrong with a set of migrations: gaps in the numbers, a part that is missing, unsafe
 * words.
 */
function findingsIn(migrations: readonly Migration[]): readonly string[] {
  return migrations.flatMap(({ name, sql }, index) => {
    const number = String(index + 1).padStart(4, "0");
    const [up = "", down] = sql.split(/^-- Down Migration$/m);
    return [
      ...(new RegExp(`^${number}_[a-z_]+\\.sql$`).test(name)
        ? []
        : [`${name}: not number ${number}`]),
      ...(up.startsWith("-- Up Migration\n") ? [] : [`${name}: no way up`]),
      ...(down === undefined || down.trim() === "" ? [`${name}: no way down`] : []),
      ...(/\bDROP\b|\bRENAME\b|SET NOT NULL/.test(up)
        ? [`${name}: takes away while going up`]
        : []),
    ];
  });
}

const GOOD = "-- Up Migration\nCREATE TABLE a ();\n-- Down Migration\nDROP TABLE a;\n";

test("the check finds a gap, a missing part, and what running servers would miss", () => {
  expect(findingsIn([{ name: "0001_a.sql", sql: GOOD }])).toEqual([]);
  expect(findingsIn([{ name: "0002_a.sql", sql: GOOD }])).toHaveLength(1);
  expect(findingsIn([{ name: "0001_a.sql", sql: "CREATE TABLE a ();" }])).toHaveLength(2);
  const drops = GOOD.replace("CREATE TABLE a ();", "ALTER TABLE b DROP COLUMN c;");
  expect(findingsIn([{ name: "0001_a.sql", sql: drops }])).toHaveLength(1);
});

test("every migration has its number, its way up and its way down, and only adds", () => {
  const names = readdirSync(FOLDER).filter((name) => !name.startsWith("."));
  const migrations = names.map((name) => ({
    name,
    sql: readFileSync(new URL(name, FOLDER), "utf8"),
  }));
  expect(migrations.length).toBeGreaterThanOrEqual(2);
  expect(findingsIn(migrations)).toEqual([]);
});
