/** The track record of the suite on disk: the data beside the judges, and the page in the docs. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mutantScoreFile, readMutantScore } from "../reports/mutant-score.ts";
import type { JudgedMutant, MutantScore } from "../reports/mutant-score.ts";
import { mergeScores, readTrackRecord, trackRecordPage } from "../reports/track-record.ts";
import type { TrackRecord } from "../reports/track-record.ts";
import { mutants as catalogue } from "../stack/mutants/index.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";

/** Where data and page stand. */
export interface TrackRecordFiles {
  readonly data: string;
  readonly page: string;
}

export const trackRecordFiles: TrackRecordFiles = {
  data: fileURLToPath(new URL("../reports/track-record.json", import.meta.url)),
  page: fileURLToPath(new URL("../docs/track-record.md", import.meta.url)),
};

/** Today in UTC, as in `2026-11-23`. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/**
 * Writes down what campaigns have seen; rows of mutants that they did not try stay as they are.
 *
 * @throws Error when the files cannot be read or written
 */
export function keepTrackRecord(
  scores: readonly Pick<MutantScore, "startedAt" | "results">[],
  all: readonly JudgedMutant[] = catalogue,
  files: TrackRecordFiles = trackRecordFiles,
): TrackRecord {
  const known = readTrackRecord(readFileSync(files.data, "utf8"));
  const record = mergeScores(known, all, scores, today());
  writeFileSync(files.data, `${JSON.stringify(record, null, 2)}\n`);
  writeFileSync(files.page, trackRecordPage(all, record));
  return record;
}

/**
 * The scores in the folders of campaigns.
 *
 * @throws CommandError for a folder that holds none
 */
export function scoresIn(directories: readonly string[]): MutantScore[] {
  return directories.map((directory) => {
    try {
      return readMutantScore(readFileSync(join(directory, mutantScoreFile), "utf8"));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new CommandError(
        `read ${join(directory, mutantScoreFile)}: ${why}, allowed is the folder of a campaign of npm run mutants`,
        exitCodes.usage,
      );
    }
  });
}
