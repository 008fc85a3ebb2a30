import { expect, test } from "vitest";
import type { DataMove, HarmlessAct, MigrationObservation, TableContent } from "../records.ts";
import { slo } from "../slo.ts";
import { told } from "../told.ts";
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

test.each<[string, MigrationObservation, string]>([
  ["nothing measured", observation({ move: null, acts: [] }), "nothing was moved"],
  ["nothing moved", observation({ move: null }), "nothing was moved"],
  [
    "a move that could not begin",
    observation({ move: move({ exitCode: 10 }) }),
    "the move could not begin (exit code 10): source and target hold the same",
  ],
  [
    "no row written afterwards",
    observation({ move: move({ freshRows: [] }) }),
    "no row was written after the move",
  ],
  [
    "no facts",
    observation({ move: move({ sourceFacts: {}, targetFacts: {} }) }),
    "nobody read the sequences, constraints and privileges of the source",
  ],
  [
    "one row fewer than needed",
    observation({
      move: move({
        source: [{ table: "t", rows: 99_999, sha256: "a" }],
        target: [{ table: "t", rows: 99_999, sha256: "a" }],
      }),
    }),
    "99,999 rows were at stake, 100,000 are needed",
  ],
  [
    "an act that was not tried",
    observation({ acts: [act("target holds rows")] }),
    '"target killed in mid-restore" was not tried',
  ],
  [
    "a target that cannot be read",
    withAct({ after: null }),
    "target holds rows: the database could not be read afterwards",
  ],
  [
    "an act without proof",
    withAct({ proofs: [] }),
    "target holds rows: nobody proved that it happened",
  ],
  [
    "an act that came too late",
    withAct({
      seen: "exit code 0",
      proofs: [{ observer: "report", seen: "no failed step", confirms: false }],
    }),
    "target holds rows: it is not proved that it happened, report saw no failed step",
  ],
])("%s is unknown", (_, seen, evidence) => {
  expect(judge(seen)).toMatchObject({ status: "unknown", evidence });
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

test("rows, differences and the time of the move are told", () => {
  expect(told(judge(observation()))).toEqual([
    "passed: 120,000 rows: 0 lost, 0 added, 0 altered; 2 acts left everything as it was; the next row of mission_events is 60018",
    "rows compared: 120,000 of 120000",
    "differences: 0 of 120000; at most 0",
    "duration of the move: 9 s of 1",
  ]);
  const sick = observation({
    move: move({
      target: changed("public.missions", { rows: 60_007 }),
      targetFacts: { "sequence mission_events_id_seq": "60017", "index x": "valid" },
      leftovers: ["missions_next_1"],
    }),
    acts: [
      act("one", { after: null, leftovers: ["missions_next_2"], seen: "exit code 0" }),
      act("two", { leftovers: ["missions_next_3"] }),
    ],
  });
  expect(told(judge(sick))).toEqual([
    "failed: public.missions has 7 rows more, and 5 more",
    "rows compared: 120,000 of 120000",
    "differences: 6 of 120000; at most 0",
    "duration of the move: 9 s of 1",
    "witnesses: public.missions has 7 rows more | constraint missions_pkey is missing, allowed is p t | index x is valid, allowed is none | the move left the database missions_next_1 behind | one: ended with exit code 0, allowed exit code 15 | two: the database missions_next_3 was left behind",
  ]);
  const still = { move: null, acts: slo.volumePersists.acts.map((name) => act(name)) };
  expect(told(migration.judge(observation(still), slo.volumePersists))).toEqual([
    "passed: 120,000 rows: 0 lost, 0 added, 0 altered; 2 acts left everything as it was",
    "rows compared: 120,000 of 120000",
    "differences: 0 of 120000; at most 0",
  ]);
});

test("an act that only some of its observers confirm is not proved, and its end says nothing", () => {
  const denied = { observer: "report", seen: "no failed step", confirms: false };
  const confirmed = { observer: "engine", seen: "die", confirms: true };

  expect(judge(withAct({ seen: "exit code 0", proofs: [confirmed, denied] })).status).toBe(
    "unknown",
  );
  expect(judge(withAct({ seen: "exit code 0", proofs: [] })).status).toBe("unknown");
});

test("as many rows as are needed are enough; of several acts the one with the fewest counts", () => {
  const exact = [{ table: "t", rows: objective.rowsMin, sha256: "a" }];
  expect(judge(observation({ move: move({ source: exact, target: exact }) })).status).toBe(
    "passed",
  );

  const few = [{ table: "t", rows: slo.volumePersists.rowsMin - 1, sha256: "a" }];
  const acts = slo.volumePersists.acts.map((name, index) =>
    act(name, index === 0 ? { before: few, after: few } : {}),
  );
  expect(migration.judge(observation({ move: null, acts }), slo.volumePersists).status).toBe(
    "unknown",
  );
});

test("a move that ended without an exit code could not begin", () => {
  expect(judge(observation({ move: move({ exitCode: null }) })).evidence).toBe(
    "the move could not begin (exit code none): source and target hold the same",
  );
});
