import type { History } from "../records.ts";
import type {
  AvailabilityObjective,
  DuplicateObjective,
  DurabilityObjective,
  FactsObjective,
  FreshnessObjective,
  Objective,
  RecoveryObjective,
  SideEffectsObjective,
} from "../slo.ts";
import { availability } from "./availability.ts";
import { conduct } from "./conduct.ts";
import { duplicates } from "./duplicates.ts";
import { durability } from "./durability.ts";
import { freshness } from "./freshness.ts";
import type { Oracle } from "./oracle.ts";
import { recovery } from "./recovery.ts";
import { sideEffects } from "./side-effects.ts";

/** The objectives of one fault; each stands under the name of the oracle that judges it. */
export interface GroupUnderFault {
  readonly availability?: AvailabilityObjective;
  readonly duplicates?: DuplicateObjective;
  readonly durability?: DurabilityObjective;
  readonly recovery?: RecoveryObjective;
  readonly freshness?: FreshnessObjective;
  readonly sideEffects?: SideEffectsObjective;
  readonly conduct?: FactsObjective;
}

/** Binds every objective of one fault to the oracle that judges it. */
export function bindAll<Bound>(
  group: GroupUnderFault,
  bind: <Limits extends Objective>(oracle: Oracle<History, Limits>, objective: Limits) => Bound,
): readonly Bound[] {
  const bound = <Limits extends Objective>(
    oracle: Oracle<History, Limits>,
    objective: Limits | undefined,
  ) => (objective === undefined ? [] : [bind(oracle, objective)]);
  return [
    ...bound(availability, group.availability),
    ...bound(duplicates, group.duplicates),
    ...bound(durability, group.durability),
    ...bound(recovery, group.recovery),
    ...bound(freshness, group.freshness),
    ...bound(sideEffects, group.sideEffects),
    ...bound(conduct, group.conduct),
  ];
}
