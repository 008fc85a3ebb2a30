import { expect, test } from "vitest";
import type { MutantResult } from "./mutant-score.ts";
import { mergeScores, readTrackRecord, trackRecordPage } from "./track-record.ts";
import type { TrackRecord } from "./track-record.ts";

const one = {
  id: "one",
  title: "one | other is broken",
  area: "gateway",
  claim: "tls/redirect",
  objective: "P2.redirect",
};
const two = { ...one, id: "two", title: "two is broken", area: "server" };
const empty: TrackRecord = { schemaVersion: 1, mutants: {} };
const today = "2026-11-23";

function score(startedAt: string, state: MutantResult["state"], changes: object = {}) {
  const seen = { claimState: null, seen: "", durationMs: 7_400, run: "r" };
  return { startedAt, results: [{ ...one, state, ...seen, ...changes }] };
}

const merge = (record: TrackRecord, ...scores: ReturnType<typeof score>[]) =>
  mergeScores(record, [one, two], scores, today);

test("every mutant has a row from its first day on, and one that is gone has none", () => {
  const record = merge({ schemaVersion: 1, mutants: { gone: row("2025-01-01") } });
  expect(record.mutants).toEqual({ one: row(today), two: row(today) });
  const later = mergeScores(record, [one, two], [], "2027-01-01");
  expect(later).toEqual(record);
});

function row(since: string) {
  return { since, last: null, lastCaught: null };
}

test("a campaign changes the rows of what it tried, and no other", () => {
  const before = merge(empty, score("2026-11-20T01:00:00Z", "caught"));
  expect(before.mutants["one"]?.lastCaught).toMatchObject({ at: "2026-11-20T01:00:00Z" });
  expect(before.mutants["two"]).toEqual(row(today));
  const after = merge(before, score("2026-11-22T01:00:00Z", "missed"));
  expect(after.mutants["one"]?.last).toMatchObject({ state: "missed" });
  expect(after.mutants["one"]?.lastCaught).toMatchObject({ at: "2026-11-20T01:00:00Z" });
});

test("the newest counts, in whatever order campaigns are added", () => {
  const [old, recent] = [
    score("2026-11-20T01:00:00Z", "missed"),
    score("2026-11-22T01:00:00Z", "caught"),
  ];
  expect(merge(merge(empty, recent), old)).toEqual(merge(empty, old, recent));
  expect(merge(empty, old, recent).mutants["one"]?.last).toMatchObject({ state: "caught" });
});

test("what another claim or another objective caught is not this mutant's record", () => {
  const elsewhere = score("2026-11-20T01:00:00Z", "caught", { claim: "load/balance" });
  expect(merge(empty, elsewhere).mutants["one"]).toEqual(row(today));
  const before = merge(empty, score("2026-11-20T01:00:00Z", "caught"));
  const moved = [{ ...one, objective: "P2.hsts" }, two];
  expect(mergeScores(before, moved, [], today).mutants["one"]).toEqual(row(today));
});

test("the page says of each when it was last caught, and what has become of it since", () => {
  const before = merge(empty, score("2026-11-20T01:00:00Z", "caught"));
  const page = trackRecordPage([one, two], before);
  expect(page).toContain("| one \\| other is broken (`one`) |");
  expect(page).toMatch(/\| `tls\/redirect`, P2\.redirect +\| 2026-11-23 \| 2026-11-20 +\| 7 +\|/);
  expect(page).toMatch(/\(`two`\) .*\| not yet seen/);
  expect(page).toContain("2 defects: 1 seen caught, 1 not yet seen, 0 not caught when last tried");
  const missed = trackRecordPage(
    [one, two],
    merge(before, score("2026-11-22T01:00:00Z", "missed")),
  );
  expect(missed).toContain("2026-11-20; **missed** on 2026-11-22");
});

test("a mutant without a row is an error and no empty line", () => {
  expect(() => trackRecordPage([one], empty)).toThrow(/no row of one/);
});

test("a damaged record is refused with the place of the damage", () => {
  const record = merge(empty, score("2026-11-20T01:00:00Z", "caught"));
  expect(readTrackRecord(JSON.stringify(record))).toEqual(record);
  const damaged = JSON.stringify(record).replace('"caught"', '"perhaps"');
  expect(() => readTrackRecord(damaged)).toThrow(/state is "perhaps"/);
});
