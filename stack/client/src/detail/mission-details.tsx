import { useState, type ReactNode } from "react";
import { useNow } from "../live/use-now.ts";
import type { Mission } from "../missions/mission.ts";
import type { MissionStore } from "../missions/mission-store.ts";
import { focusPageTitle, pageTitleId } from "../routing/use-arrival.ts";
import { Age } from "../ui/age.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { StateBadge } from "../ui/state-badge.tsx";
import { EditMissionForm } from "./edit-mission-form.tsx";
import { StateActions } from "./state-actions.tsx";

type Props = {
  readonly mission: Mission;
  readonly store: MissionStore;
  /** Called after a change was saved, which also wrote an event. */
  readonly onChanged: () => void;
};

export function MissionDetails({ mission, store, onChanged }: Props): ReactNode {
  const [isEditing, setIsEditing] = useState(false);
  const closeForm = (): void => {
    setIsEditing(false);
    focusPageTitle();
  };
  const finishEditing = (): void => {
    closeForm();
    onChanged();
  };
  return (
    <section className="mission-panel" aria-labelledby={pageTitleId}>
      <div className="mission-title-row">
        <StateBadge state={mission.state} />
        <PageTitle>{mission.title}</PageTitle>
      </div>
      {isEditing ? (
        <EditMissionForm
          mission={mission}
          store={store}
          onSaved={finishEditing}
          onCancel={closeForm}
        />
      ) : (
        <>
          <Description text={mission.description} />
          <Facts mission={mission} />
          <StateActions mission={mission} store={store} onChanged={onChanged}>
            <button type="button" className="button" onClick={() => setIsEditing(true)}>
              Edit
            </button>
          </StateActions>
        </>
      )}
    </section>
  );
}

function Description({ text }: { readonly text: string }): ReactNode {
  if (text === "") return <p className="mission-text mission-text-empty">No description</p>;
  return <p className="mission-text">{text}</p>;
}

function Facts({ mission }: { readonly mission: Mission }): ReactNode {
  const nowMs = useNow();
  return (
    <dl className="facts">
      <div>
        <dt>Created</dt>
        <dd>
          <Age time={mission.createdAt} nowMs={nowMs} />
        </dd>
      </div>
      <div>
        <dt>Last change</dt>
        <dd>
          <Age time={mission.updatedAt} nowMs={nowMs} />
        </dd>
      </div>
      <div>
        <dt>Version</dt>
        <dd>{mission.version}</dd>
      </div>
    </dl>
  );
}
