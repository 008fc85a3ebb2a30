import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { panelQuery } from "../hand-made-monitoring.ts";
import { history, judgedHistory, operations, transport } from "../hand-made.ts";
import { manifest } from "../manifest.ts";
import type { JudgedRecord } from "../records.ts";
import { allObjectives, observability, promises, slo } from "../slo.ts";
import { findJudgement, judgements } from "./registry.ts";

const notOracles = ["oracle.ts", "registry.ts", "under-fault.ts"];

test("every oracle file is registered under its own name, with a test beside it", () => {
  const files = readdirSync(import.meta.dirname);
  const sources = files.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  const oracles = sources.filter((file) => !notOracles.includes(file));

  expect(oracles.length).toBeGreaterThanOrEqual(9);
  const registered = new Set(judgements.map(({ oracle }) => `${oracle}.ts`));
  expect([...registered].toSorted()).toEqual(oracles.toSorted());
  for (const file of oracles) {
    const tests = readFileSync(`${import.meta.dirname}/${file.replace(".ts", ".test.ts")}`, "utf8");
    for (const answer of ["passed", "failed", "unknown"]) expect(tests).toContain(`"${answer}"`);
  }
});

test("every objective is judged by exactly one oracle", () => {
  const objectives = allObjectives.map(({ id }) => id);

  expect(objectives.length).toBeGreaterThan(0);
  expect(judgements.map(({ objective }) => objective.id).toSorted()).toEqual(objectives.toSorted());
});

test("every objective is expected of exactly one claim, and no claim of an unknown one", () => {
  const expected = manifest.flatMap(({ objectives }) => objectives);

  expect(expected.toSorted()).toEqual(allObjectives.map(({ id }) => id).toSorted());
  expect(new Set(manifest.map(({ claim }) => claim)).size).toBe(manifest.length);
  for (const { objectives, profiles } of manifest) {
    expect(objectives.length).toBeGreaterThan(0);
    expect(profiles.length).toBeGreaterThan(0);
  }
});

test("every objective belongs to a promise and begins with its id", () => {
  const known = promises.map(({ id }) => id);
  for (const { id, promise } of allObjectives) {
    expect(known).toContain(promise);
    expect(id.startsWith(`${promise}.`)).toBe(true);
  }
});

test.each(judgements.map((judgement) => ({ judgement, id: judgement.objective.id })))(
  "$id is unknown on an empty record and on one of the wrong kind",
  ({ judgement }) => {
    const records = [
      judgedHistory(history()),
      { kind: "transport", seen: transport({ handshakes: [], answers: [] }) } as const,
    ];
    for (const record of records) {
      expect(judgement.judge(record)).toMatchObject({
        oracle: judgement.oracle,
        objective: judgement.objective.id,
        status: "unknown",
      });
    }
  },
);

const act = {
  name: "restart",
  expected: "the same",
  seen: "another",
  before: [],
  after: [],
  factsBefore: {},
  factsAfter: {},
  leftovers: [],
  proofs: [{ observer: "engine", seen: "restarted", confirms: true }],
};

test.each<[string, JudgedRecord, string]>([
  [slo.balance.id, judgedHistory(history({ operations: operations(900, 10) })), "passed"],
  [slo.handshake.id, { kind: "transport", seen: transport() }, "passed"],
  [
    slo.hardening.id,
    { kind: "facts", seen: { subjects: [{ name: "x", group: "nobody's", facts: {} }] } },
    "failed",
  ],
  [
    slo.volumePersists.id,
    { kind: "migration", seen: { title: "hand-made", move: null, acts: [act] } },
    "failed",
  ],
  [
    observability.panels.id,
    { kind: "panels", seen: { dashboards: [], panels: [panelQuery({ lines: [] })], rules: [] } },
    "failed",
  ],
])("%s: a record of its kind is opened and judged", (id, record, status) => {
  expect(findJudgement(id)?.judge(record).status).toBe(status);
});

test("a record of another kind is told as what it is", () => {
  const record = { kind: "transport", seen: transport() } as const;

  expect(findJudgement(slo.balance.id)?.judge(record)).toEqual({
    oracle: "balance",
    objective: slo.balance.id,
    status: "unknown",
    evidence: 'the record is of the kind "transport", which balance cannot judge',
    measurements: [],
    witnesses: [],
  });
});

test("an unknown objective has no judgement", () => {
  expect(findJudgement("SC-9.nothing")).toBeNull();
  expect(findJudgement(slo.balance.id)?.oracle).toBe("balance");
});
