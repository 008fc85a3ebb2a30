import type { ReactNode } from "react";
import { describeDifferences } from "../missions/lost-race.ts";
import type { Mission } from "../missions/mission.ts";

/** What was on the screen when a change was sent, and what was stored by then. */
export type LostRace = { readonly seen: Mission; readonly current: Mission };

type Props = {
  readonly race: LostRace;
  readonly onDismiss: () => void;
  /** What that means for what the person wanted. */
  readonly children: ReactNode;
};

export function LostRaceNotice({ race, onDismiss, children }: Props): ReactNode {
  const differences = describeDifferences(race.seen, race.current);
  return (
    <div className="notice notice-attention" role="alert">
      <div className="notice-text">
        <p>
          <strong>Somebody else changed this mission a moment before you.</strong> {children}
        </p>
        {differences.length > 0 && (
          <ul>
            {differences.map((difference) => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
        )}
      </div>
      <button type="button" className="button-quiet" onClick={onDismiss}>
        Dismiss
      </button>
    </div>
  );
}
