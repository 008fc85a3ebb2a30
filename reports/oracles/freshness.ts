import { doubtAboutFaults, doubtAboutRecovery, verdictsOf } from "../assumptions.ts";
import { formatCount, formatDuration, formatNumberOf } from "../format.ts";
import { badCount } from "../measure.ts";
import type { History } from "../records.ts";
import type { FreshnessObjective } from "../slo.ts";
import {
  freshnessOf,
  storedChangesOf,
  type Freshness,
  type StaleRead,
  type StoredChanges,
} from "../versions.ts";
import type { Oracle } from "./oracle.ts";

const name = "freshness";

/**
 * Judges whether changes are seen: by every read that begins after their acknowledgement (but for
 * the time that the objective grants), and by the database itself where it was read at the end.
 *
 * Stale reads are looked for in the whole history, but only reads since the first harm make up the
 * sample. A stale read, a change that was overwritten or is not stored, and a version that nobody wrote are
 * witnesses and fail the objective whatever else is in doubt.
 */
export const freshness: Oracle<History, FreshnessObjective> = {
  name,
  judge(history, objective) {
    const verdict = verdictsOf(name, objective);
    const rows = history.finalRead?.rows ?? null;
    const harmMs = Math.min(...history.faults.map(({ injectedAtMs }) => injectedAtMs));
    const seen = freshnessOf(history.operations, rows ?? [], harmMs);
    const stored = rows === null ? null : storedChangesOf(history.operations, rows);
    const stale = seen.stale.filter(({ ageMs }) => ageMs > objective.staleMsMax);
    const finding = {
      evidence: describe(seen, stored, stale, objective),
      measurements: measurementsOf(seen, stored, stale),
      witnesses: [
        ...stale.map(({ requestId }) => requestId),
        ...(stored?.reverted ?? []),
        ...(stored?.gone ?? []),
        ...seen.overwritten,
        ...seen.unwritten,
      ],
    };
    if (finding.witnesses.length > 0) return verdict.failed(finding);
    const doubt = doubtAbout(history, seen, stored, objective);
    if (doubt !== null) return verdict.unknown({ ...finding, evidence: doubt });
    return verdict.passed(finding);
  },
};

function doubtAbout(
  history: History,
  seen: Freshness,
  stored: StoredChanges | null,
  objective: FreshnessObjective,
): string | null {
  if (!history.generator.finished) return "the load generator did not finish its plan";
  if (seen.readsAfterChange < objective.readsAfterChangeMin) {
    return (
      `${formatNumberOf(seen.readsAfterChange, "read")} of a changed mission since the fault, ` +
      `${formatCount(objective.readsAfterChangeMin)} are needed`
    );
  }
  if (history.finalRead !== null && stored === null) {
    return `the final read failed: ${history.finalRead.seen}`;
  }
  if (stored !== null && stored.changed > 0 && stored.readBack === 0) {
    return `the final read shows none of ${formatNumberOf(stored.changed, "changed mission")}`;
  }
  return doubtAboutFaults(history) ?? doubtAboutRecovery(history);
}

function worstAgeMs(stale: readonly StaleRead[]): number {
  return stale.reduce((worst, { ageMs }) => Math.max(worst, ageMs), 0);
}

function describe(
  seen: Freshness,
  stored: StoredChanges | null,
  stale: readonly StaleRead[],
  { staleMsMax }: FreshnessObjective,
): string {
  const age =
    seen.stale.length === 0 ? "" : `, the oldest by ${formatDuration(worstAgeMs(seen.stale))}`;
  return (
    `${formatCount(stale.length)} of ${formatNumberOf(seen.readsAfterChange, "read")} after a ` +
    `change were stale by more than ${formatDuration(staleMsMax)}${age}; ` +
    `${seen.overwritten.length} missions with an overwritten change, ` +
    `${seen.unwritten.length} with a version that nobody wrote` +
    (stored === null
      ? ""
      : `, ${stored.reverted.length} reverted and ${stored.gone.length} gone of ` +
        `${formatCount(stored.readBack)} read back; allowed 0`)
  );
}

function measurementsOf(
  seen: Freshness,
  stored: StoredChanges | null,
  stale: readonly StaleRead[],
) {
  const sampleSize = seen.readsAfterChange;
  const inDatabase =
    stored === null
      ? {}
      : { reverted: stored.reverted.length, "gone after a change": stored.gone.length };
  return [
    badCount("reads stale for too long", stale.length, sampleSize),
    { name: "stale reads", value: seen.stale.length, unit: "", sampleSize },
    { name: "worst staleness", value: worstAgeMs(seen.stale), unit: "ms", sampleSize },
    ...Object.entries({
      "overwritten changes": seen.overwritten.length,
      "versions that nobody wrote": seen.unwritten.length,
    }).map(([title, value]) => badCount(title, value, sampleSize)),
    ...Object.entries(inDatabase).map(([title, value]) =>
      badCount(title, value, stored?.readBack ?? 0),
    ),
  ];
}
