import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { limits } from "./limits.ts";

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000 };

/** The value of a role setting in the script that creates the roles, in ms. */
function roleSettingMs(script: string, setting: string): number {
  const match = new RegExp(`ALTER ROLE missions_app SET ${setting} = '(\\d+)(ms|s)'`).exec(script);
  return Number(match?.[1]) * (UNITS_MS[match?.[2] ?? ""] ?? Number.NaN);
}

/** The places where a chain is not strictly increasing. */
function breaks(chain: readonly (readonly [string, number])[]): readonly string[] {
  return chain.slice(1).flatMap(([name, value], index) => {
    const before = chain[index];
    return before !== undefined && before[1] < value ? [] : [`${before?.[0]} < ${name}`];
  });
}

test("the check of a chain finds an equal and a falling pair, and a value that is not there", () => {
  expect(breaks([["a", 1], ["b", 1], ["c", 2]])).toEqual(["a < b"]); // prettier-ignore
  expect(breaks([["a", 2], ["b", 1]])).toEqual(["a < b"]); // prettier-ignore
  expect(breaks([["a", Number.NaN], ["b", 1]])).toEqual(["a < b"]); // prettier-ignore
});

test("each wait for the database lies inside the next longer one, role settings included", () => {
  const script = readFileSync(new URL("../../database/init/10-roles.sh", import.meta.url), "utf8");
  expect(
    breaks([
      ["lock", roleSettingMs(script, "lock_timeout")],
      ["statement", roleSettingMs(script, "statement_timeout")],
      ["query", limits.databaseQueryTimeoutMs],
      ["budget", limits.databaseBudgetMs],
      ["drain", limits.drainMs],
      ["stop", limits.stopMs],
      ["promise", 10_000],
    ]),
  ).toEqual([]);
});

test("a connection to a client outlives what the gateway keeps, and its head outlives it", () => {
  expect(
    breaks([
      ["keep-alive", limits.keepAliveTimeoutMs],
      ["headers", limits.headersTimeoutMs],
      ["request", limits.requestTimeoutMs],
    ]),
  ).toEqual([]);
});

test("an entry, a ticket and a mark outlive what they have to cover", () => {
  expect(limits.cacheTicketMs).toBeGreaterThan(limits.databaseQueryTimeoutMs);
  expect(limits.cacheBlockMs).toBeGreaterThan(limits.databaseBudgetMs + limits.cacheLeaseMs);
  expect(limits.cacheReopenSeconds * 1_000).toBeGreaterThan(limits.cacheLeaseMs * 2);
});
