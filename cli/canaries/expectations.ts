/** How a check complains: what was expected of which case, and what was seen in its place. */

import type { Verdict, VerdictStatus } from "../../reports/records.ts";

/** What is wrong with the suite; `null` where nothing is. */
export type Complaint = string | null;

/** @param words that have to stand in the evidence, where its reason matters */
export function expectStatus(
  what: string,
  status: VerdictStatus,
  verdict: Pick<Verdict, "status" | "evidence">,
  words = "",
): Complaint {
  if (verdict.status === status && verdict.evidence.includes(words)) return null;
  const wanted = words === "" ? status : `${status} because of "${words}"`;
  return `${what}: expected ${wanted}, saw ${verdict.status}: ${verdict.evidence}`;
}

export function expectEqual(what: string, expected: unknown, seen: unknown): Complaint {
  const [wanted, got] = [JSON.stringify(expected), JSON.stringify(seen)];
  return wanted === got ? null : `${what}: expected ${wanted}, saw ${got}`;
}

/** The first complaint of all. */
export function firstOf(...complaints: readonly Complaint[]): Complaint {
  return complaints.find((complaint) => complaint !== null) ?? null;
}
