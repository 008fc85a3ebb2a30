import type { ClaimOutcome } from "./claim-outcome.ts";

/**
 * Measures once, and again while nothing could be concluded, `repetitionsMax` times at most.
 *
 * A failed measurement is never repeated into a passed one, and a broken one is not repeated at all.
 */
export async function measureWhileUnknown(
  measure: () => Promise<ClaimOutcome>,
  repetitionsMax: number,
  onRepeat: (outcome: ClaimOutcome) => void,
): Promise<ClaimOutcome> {
  let outcome = await measure();
  for (let left = repetitionsMax; left > 0 && outcome.state === "unknown"; left -= 1) {
    onRepeat(outcome);
    outcome = await measure();
  }
  return outcome;
}
