import { expect, test } from "vitest";
import { allObjectives } from "../reports/slo.ts";
import { listClaims, listLines } from "./list.ts";

const objective = (id: string) => ({
  id,
  promise: id.slice(0, 4),
  title: `the claim ${id} holds`,
  limit: "0",
  reason: "for the test",
});

const input = {
  claims: [
    { claim: "tls/one", objectives: ["VP-2.a", "P2.x.b"], profiles: ["local", "release"] },
    { claim: "load/two", objectives: ["SC-3.c"], profiles: ["nightly"] },
  ],
  objectives: [objective("VP-2.a"), objective("P2.x.b"), objective("SC-3.c")],
  mutants: [
    { id: "old-protocol", claim: "tls/one" },
    { id: "weak-suite", claim: "tls/one" },
  ],
  lastDurations: new Map([["tls/one", 4_200]]),
} as const;

test("a claim is told with profiles, promises, criteria, mutants and time", () => {
  expect(listClaims(null, input)[0]).toEqual({
    claim: "tls/one",
    area: "tls",
    profiles: ["local", "release"],
    promises: ["VP-2", "P2.x"],
    objectives: [
      { id: "VP-2.a", title: "the claim VP-2.a holds" },
      { id: "P2.x.b", title: "the claim P2.x.b holds" },
    ],
    mutants: ["old-protocol", "weak-suite"],
    lastDurationMs: 4_200,
  });
});

test("a profile leaves the others out, and a claim without a mutant says so", () => {
  const lines = listLines(listClaims("nightly", input));

  expect(lines[0]).toBe("load/two  SC-3  nightly");
  expect(lines).toContain("  no mutant shows that it can fail");
  expect(lines.at(-1)).toBe("1 claim, 1 criterion");
  expect(lines.join("\n")).not.toContain("tls/one");
});

test("the real list has every criterion of the project", () => {
  const ids = new Set(listClaims(null).flatMap(({ objectives }) => objectives.map(({ id }) => id)));

  expect(ids).toEqual(new Set(allObjectives.map(({ id }) => id)));
});
