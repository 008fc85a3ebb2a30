import { useState, type ReactNode } from "react";
import type { RequestFailure } from "../http/request-failure.ts";
import type { Mission } from "../missions/mission.ts";
import { stateLabels, transitionsFrom, type Transition } from "../missions/mission-state.ts";
import type { MissionStore } from "../missions/mission-store.ts";
import { focusPageTitle } from "../routing/use-arrival.ts";
import { useServices } from "../services.ts";
import { Dialog } from "../ui/dialog.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { LostRaceNotice, type LostRace } from "./lost-race-notice.tsx";

type Props = {
  readonly mission: Mission;
  readonly store: MissionStore;
  readonly onChanged: () => void;
  /** Further buttons, placed after the steps of the life cycle. */
  readonly children: ReactNode;
};

/** The steps that the life cycle allows now; a final step asks for confirmation. */
export function StateActions({ mission, store, onChanged, children }: Props): ReactNode {
  const { announcer } = useServices();
  const [isBusy, setIsBusy] = useState(false);
  const [asked, setAsked] = useState<Transition | null>(null);
  const [failure, setFailure] = useState<RequestFailure | null>(null);
  const [lostRace, setLostRace] = useState<LostRace | null>(null);

  const take = async (transition: Transition): Promise<void> => {
    if (isBusy) return;
    setAsked(null);
    setFailure(null);
    setLostRace(null);
    setIsBusy(true);
    const outcome = await store
      .change(mission, { state: transition.to })
      .finally(() => setIsBusy(false));
    if (outcome.kind === "failed") return setFailure(outcome.failure);
    if (outcome.kind === "lost-race") return setLostRace(outcome);
    announcer.announce(`The mission is now ${stateLabels[outcome.mission.state].toLowerCase()}.`);
    focusPageTitle();
    onChanged();
  };
  const dismissLostRace = (): void => {
    setLostRace(null);
    focusPageTitle();
  };

  return (
    <>
      {lostRace && (
        <LostRaceNotice race={lostRace} onDismiss={dismissLostRace}>
          Your step was not taken. Have a look at the mission as it is now and decide again.
        </LostRaceNotice>
      )}
      {failure && <FailureNotice failure={failure} />}
      <div className="mission-actions">
        {transitionsFrom(mission.state).map((transition) => (
          <button
            key={transition.to}
            type="button"
            className={buttonClass(transition)}
            aria-disabled={isBusy}
            onClick={() => (transition.warning ? setAsked(transition) : void take(transition))}
          >
            {transition.label}
          </button>
        ))}
        {children}
      </div>
      <ConfirmDialog
        transition={asked}
        onConfirm={(transition) => void take(transition)}
        onCancel={() => setAsked(null)}
      />
    </>
  );
}

function buttonClass(transition: Transition): string {
  return transition.to === "aborted" ? "button button-danger" : "button button-primary";
}

type ConfirmProps = {
  readonly transition: Transition | null;
  readonly onConfirm: (transition: Transition) => void;
  readonly onCancel: () => void;
};

function ConfirmDialog({ transition, onConfirm, onCancel }: ConfirmProps): ReactNode {
  const title = transition === null ? "Confirm" : `${transition.label}?`;
  return (
    <Dialog isOpen={transition !== null} title={title} onClose={onCancel}>
      {transition && (
        <>
          <p>{transition.warning}</p>
          <div className="form-buttons">
            <button type="button" className="button" onClick={onCancel}>
              Keep as it is
            </button>
            <button
              type="button"
              className={buttonClass(transition)}
              onClick={() => onConfirm(transition)}
            >
              {transition.label}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
