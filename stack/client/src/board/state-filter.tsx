import type { ReactNode } from "react";
import { missionStates, stateLabels, type MissionState } from "../missions/mission-state.ts";
import { Link } from "../routing/link.tsx";

const choices: readonly (MissionState | null)[] = [null, ...missionStates];

/** Links instead of buttons: a filtered board has an address that can be kept and shared. */
export function StateFilter({ current }: { readonly current: MissionState | null }): ReactNode {
  return (
    <nav className="state-filter" aria-label="Filter by state">
      {choices.map((state) => (
        <Link
          key={state}
          className="state-filter-choice"
          to={{ page: "board", state }}
          aria-current={state === current ? "page" : undefined}
        >
          {state === null ? "All" : stateLabels[state]}
        </Link>
      ))}
    </nav>
  );
}
