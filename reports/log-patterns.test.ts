import { expect, test } from "vitest";
import { forbiddenLines } from "./log-patterns.ts";

const found = [
  { container: "postgres-1", line: 'PANIC:  could not write to file "pg_wal/xlogtemp.69"' },
  { container: "postgres-1", line: "FATAL:  terminating connection due to administrator command" },
  { container: "gateway-1", line: "2026/11/23 02:00:05 [alert] 1#1: worker process exited" },
];

test("lines that match one of the patterns are found, each once", () => {
  const lines = forbiddenLines(found, ["PANIC", "panic|PANIC", "\\[(?:alert|emerg)\\]"]);

  expect(lines).toEqual([found[0], found[2]]);
});

test("without patterns nothing is forbidden", () => {
  expect(forbiddenLines(found, [])).toEqual([]);
});
