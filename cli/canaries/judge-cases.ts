/** The same three questions to every oracle: of a healthy record, a sick one and an empty one. */

import type { Oracle } from "../../reports/oracles/oracle.ts";
import type { Objective } from "../../reports/slo.ts";
import { expectStatus, firstOf } from "./expectations.ts";
import type { Complaint } from "./expectations.ts";
import type { SuiteSources } from "./sources.ts";

export interface Cases<Seen> {
  readonly healthy: Seen;
  readonly sick: Seen;
  readonly empty: Seen;
}

/** What one oracle of a suite says that it must not; `null` where nothing. */
export type OracleCheck = (suite: SuiteSources) => Promise<Complaint>;

export function judgeCases<Seen, Limits extends Objective>(
  oracle: Oracle<Seen, Limits>,
  objective: Limits,
  { healthy, sick, empty }: Cases<Seen>,
): Complaint {
  return firstOf(
    expectStatus("a healthy record", "passed", oracle.judge(healthy, objective)),
    expectStatus("a sick record", "failed", oracle.judge(sick, objective)),
    expectStatus("an empty record", "unknown", oracle.judge(empty, objective)),
  );
}
