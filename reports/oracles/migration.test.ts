import { expect, test } from "vitest";
import type { DataMove, HarmlessAct, MigrationObservation, TableContent } from "../records.ts";
import { slo } from "../slo.ts";
import { migration } from "./migration.ts";

const objective = slo.migrationZeroLoss;
const contents: readonly TableContent[] = [
  { table: "public.missions", rows: 60_000, sha256: "a" },
  { table: "public.mission_events", rows: 60_000, sha256: "b" },
];
const facts = { "sequence mission_events_id_seq": "60017", "constraint missions_pkey": "p t" };

function changed(table: string, change: Partial<TableContent>): readonly TableContent[] {
  return contents.map((each) => (each.table === table ? { ...each, ...change } : each));
}

function move(changes: Partial<DataMove> = {}): DataMove {
  return {
    exitCode: 0,
    durationMs: 9_000,
    source: contents,
    target: contents,
    sourceFacts: facts,
    targetFacts: facts,
    freshRows: [
      { table: "mission_events", highestBefore: 60_000, given: 60_018, seen: "inserted" },
    ],
    leftovers: [],
    said: "source and target hold the same",
    ...changes,
  };
}

function act(name: string, changes: Partial<HarmlessAct> = {}): HarmlessAct {
  return {
    name,
    expected: "exit code 15",
    seen: "exit code 15",
    before: contents,
    after: contents,
    factsBefore: facts,
    factsAfter: facts,
    leftovers: [],
    proofs: [{ observer: "pg_stat_progress_copy", seen: "12000 rows copied", confirms: true }],
    ...changes,
  };
}

function observation(changes: Partial<MigrationObservation> = {}): MigrationObservation {
  return {
    title: "hand-made",
    move: move(),
    acts: objective.acts.map((name) => act(name)),
    ...changes,
  };
}

const judge = (seen: MigrationObservation) => migration.judge(seen, objective);
const withAct = (changes: Partial<HarmlessAct>) =>
  observation({ acts: objective.acts.map((name) => act(name, changes)) });

test("a complete move and acts without harm pass", () => {
  expect(judge(observation())).toMatchObject({
    status: "passed",
    evidence: expect.stringContaining("120,000 rows: 0 lost, 0 added, 0 altered"),
    witnesses: [],
  });
});

test.each<[string, Partial<DataMove>, string]>([
  ["a lost row", { target: changed("public.missions", { rows: 59_999 }) }, "missions lost 1 rows"],
  ["a doubled row", { target: changed("public.missions", { rows: 60_001 }) }, "1 rows more"],
  ["an altered row", { target: changed("public.missions", { sha256: "x" }) }, "altered rows"],
  ["a lost table", { target: contents.slice(1) }, "public.missions is gone"],
  ["a table nobody asked for", { source: contents.slice(1) }, "public.missions was added"],
  [
    "a sequence that is behind",
    { targetFacts: { ...facts, "sequence mission_events_id_seq": "1" } },
    "sequence mission_events_id_seq is 1",
  ],
  ["a lost constraint", { targetFacts: { ...facts, "constraint missions_pkey": "p f" } }, "p f"],
  [
    "a number that was given before",
    { freshRows: [{ table: "t", highestBefore: 7, given: 7, seen: "inserted" }] },
    "given 7, allowed is beyond 7",
  ],
  [
    "a next row that is refused",
    { freshRows: [{ table: "t", highestBefore: 7, given: null, seen: "permission denied" }] },
    "permission denied",
  ],
  ["a copy that is left behind", { leftovers: ["missions_next_1"] }, "missions_next_1"],
  ["a move that fails", { exitCode: 16 }, "the move ended with 16"],
])("%s fails", (_, changes, evidence) => {
  expect(judge(observation({ move: move(changes) }))).toMatchObject({
    status: "failed",
    evidence: expect.stringContaining(evidence),
  });
});

test.each<[string, Partial<HarmlessAct>]>([
  ["a failed run that altered the target", { after: changed("public.missions", { sha256: "x" }) }],
  ["a failed run that lost a row", { after: changed("public.missions", { rows: 59_999 }) }],
  ["a failed run that moved a sequence", { factsAfter: {} }],
  ["a failed run that left a copy behind", { leftovers: ["missions_next_1"] }],
  ["a run that ended well and should not have", { seen: "exit code 0" }],
])("%s fails", (_, changes) => {
  const { status, witnesses } = judge(withAct(changes));

  expect(status).toBe("failed");
  expect(witnesses[0]).toContain(objective.acts[0]);
});

test("harm is harm, also where the act is not proved", () => {
  const seen = withAct({ after: changed("public.missions", { rows: 0 }), proofs: [] });

  expect(judge(seen).status).toBe("failed");
});

test.each<[string, MigrationObservation]>([
  ["nothing measured", observation({ move: null, acts: [] })],
  ["nothing moved", observation({ move: null })],
  ["a move that could not begin", observation({ move: move({ exitCode: 10 }) })],
  ["no row written afterwards", observation({ move: move({ freshRows: [] }) })],
  ["no facts", observation({ move: move({ sourceFacts: {}, targetFacts: {} }) })],
  [
    "one row fewer than needed",
    observation({
      move: move({
        source: [{ table: "t", rows: 99_999, sha256: "a" }],
        target: [{ table: "t", rows: 99_999, sha256: "a" }],
      }),
    }),
  ],
  ["an act that was not tried", observation({ acts: [act("target holds rows")] })],
  ["a target that cannot be read", withAct({ after: null })],
  ["an act without proof", withAct({ proofs: [] })],
  [
    "an act that came too late",
    withAct({
      seen: "exit code 0",
      proofs: [{ observer: "report", seen: "no failed step", confirms: false }],
    }),
  ],
])("%s is unknown", (_, seen) => {
  expect(judge(seen).status).toBe("unknown");
});

test("without a move the rows of the acts are at stake", () => {
  const acts = slo.volumePersists.acts.map((name) => act(name));
  const few = [{ table: "t", rows: 999, sha256: "a" }];
  const judgeVolume = (seen: MigrationObservation) => migration.judge(seen, slo.volumePersists);

  expect(judgeVolume(observation({ move: null, acts })).status).toBe("passed");
  expect(
    judgeVolume(
      observation({ move: null, acts: acts.map((each) => ({ ...each, before: few, after: few })) }),
    ).status,
  ).toBe("unknown");
});
