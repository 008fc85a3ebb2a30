import type { ReactNode } from "react";
import { stateLabels, type MissionState } from "../missions/mission-state.ts";

export function StateBadge({ state }: { readonly state: MissionState }): ReactNode {
  return <span className={`badge badge-${state}`}>{stateLabels[state]}</span>;
}
