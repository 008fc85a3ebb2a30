import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readTrackRecord, trackRecordPage } from "../reports/track-record.ts";
import { mutants } from "../stack/mutants/index.ts";
import { keepTrackRecord, scoresIn, trackRecordFiles } from "./track-record.ts";

const data = readFileSync(trackRecordFiles.data, "utf8");
const page = readFileSync(trackRecordFiles.page, "utf8");

test("every mutant has a row in the record, and no row is without its mutant", () => {
  const rows = Object.keys(readTrackRecord(data).mutants);
  expect(rows.toSorted()).toEqual(mutants.map(({ id }) => id).toSorted());
  const shown = [...page.matchAll(/ \(`([a-z0-9-]+)`\) +\| /g)].map(([, id = ""]) => id);
  expect(shown.toSorted()).toEqual(mutants.map(({ id }) => id).toSorted());
});

test("the page is the one that the data make", () => {
  expect(page).toBe(trackRecordPage(mutants, readTrackRecord(data)));
});

function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), "hyper-mission-track-record-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

test("a campaign is written down in both files", () => {
  const directory = scratch();
  const files = { data: join(directory, "data.json"), page: join(directory, "page.md") };
  writeFileSync(files.data, '{"schemaVersion":1,"mutants":{}}');
  const [mutant] = mutants;
  if (mutant === undefined) throw new Error("the catalogue is empty");
  const { id, title, area, claim, objective } = mutant;
  const seen = { claimState: null, seen: "", durationMs: 1_000, run: "r" } as const;
  const result = { id, title, area, claim, objective, state: "caught", ...seen } as const;
  keepTrackRecord([{ startedAt: "2026-11-20T01:00:00Z", results: [result] }], [mutant], files);
  expect(readTrackRecord(readFileSync(files.data, "utf8")).mutants[id]?.last?.state).toBe("caught");
  expect(readFileSync(files.page, "utf8")).toContain("2026-11-20");
});

test("a folder that holds no campaign is refused as wrong usage", () => {
  const directory = scratch();
  expect(() => scoresIn([directory])).toThrow(expect.objectContaining({ exitCode: 64 }));
  writeFileSync(join(directory, "mutants.json"), '{"schemaVersion":1}');
  expect(() => scoresIn([directory])).toThrow(/campaign is missing/);
});
