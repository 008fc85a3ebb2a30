import type { Mission } from "./mission.ts";
import { stateLabels } from "./mission-state.ts";

/**
 * Says what somebody else changed between the mission a person saw and the one that is current.
 *
 * Returns one sentence per difference, none where only the version moved.
 */
export function describeDifferences(seen: Mission, current: Mission): readonly string[] {
  const sentences: string[] = [];
  if (seen.state !== current.state) {
    const from = stateLabels[seen.state].toLowerCase();
    const to = stateLabels[current.state].toLowerCase();
    sentences.push(`The state went from ${from} to ${to}.`);
  }
  if (seen.title !== current.title) sentences.push(`The title is now “${current.title}”.`);
  if (seen.description !== current.description) sentences.push("The description was edited.");
  return sentences;
}
