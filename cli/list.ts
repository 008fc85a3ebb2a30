/** `list`: every claim with what it proves, when it runs, and which defects it has to catch. */

import { formatDuration, formatNumberOf } from "../reports/format.ts";
import { manifest } from "../reports/manifest.ts";
import type { ExpectedClaim, Profile } from "../reports/manifest.ts";
import { allObjectives } from "../reports/slo.ts";
import type { Objective } from "../reports/slo.ts";
import { mutants as catalogue } from "../stack/mutants/index.ts";
import type { Mutant } from "../stack/mutants/mutant.ts";

export interface ListedClaim {
  readonly claim: string;
  readonly area: string;
  readonly profiles: readonly Profile[];
  readonly promises: readonly string[];
  readonly objectives: readonly { readonly id: string; readonly title: string }[];
  /** Ids of the mutants that it must catch. */
  readonly mutants: readonly string[];
  /** How long it took last; `null` where that is not known. */
  readonly lastDurationMs: number | null;
}

export interface ListInput {
  readonly claims?: readonly ExpectedClaim[];
  readonly objectives?: readonly Objective[];
  readonly mutants?: readonly Pick<Mutant, "id" | "claim">[];
  readonly lastDurations?: ReadonlyMap<string, number>;
}

/** All claims, or those of one profile, in the order in which they run. */
export function listClaims(profile: Profile | null, input: ListInput = {}): readonly ListedClaim[] {
  const {
    claims = manifest,
    objectives = allObjectives,
    mutants = catalogue,
    lastDurations = new Map(),
  } = input;
  return claims
    .filter(({ profiles }) => profile === null || profiles.includes(profile))
    .map(({ claim, objectives: ids, profiles }) => {
      const own = ids.flatMap((id) => objectives.find((objective) => objective.id === id) ?? []);
      return {
        claim,
        area: claim.split("/")[0] ?? claim,
        profiles,
        promises: [...new Set(own.map(({ promise }) => promise))],
        objectives: own.map(({ id, title }) => ({ id, title })),
        mutants: mutants.filter((mutant) => mutant.claim === claim).map(({ id }) => id),
        lastDurationMs: lastDurations.get(claim) ?? null,
      };
    });
}

/** What `list` prints for people. */
export function listLines(claims: readonly ListedClaim[]): readonly string[] {
  return [
    ...claims.flatMap(({ claim, profiles, promises, objectives, mutants, lastDurationMs }) => {
      const took = lastDurationMs === null ? "" : `, took ${formatDuration(lastDurationMs)} last`;
      return [
        `${claim}  ${promises.join(" ")}  ${profiles.join(", ")}${took}`,
        ...objectives.map(({ id, title }) => `  ${id}: ${title}`),
        mutants.length === 0
          ? "  no mutant shows that it can fail"
          : `  catches ${mutants.join(", ")}`,
      ];
    }),
    `${formatNumberOf(claims.length, "claim")}, ${formatNumberOf(
      claims.reduce((sum, { objectives }) => sum + objectives.length, 0),
      "criterion",
      "criteria",
    )}`,
  ];
}
