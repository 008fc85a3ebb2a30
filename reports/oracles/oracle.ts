import type { Verdict } from "../records.ts";
import type { Objective } from "../slo.ts";

/**
 * A judge of one kind of record: pure, without clock or I/O, so that a stored run can be judged
 * again.
 *
 * It starts with its assumptions: where one does not hold it answers `unknown` with the reason.
 */
export interface Oracle<Seen, Limits extends Objective> {
  readonly name: string;
  judge(seen: Seen, objective: Limits): Verdict;
}
