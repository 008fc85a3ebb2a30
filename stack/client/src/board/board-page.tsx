import { useState, type ReactNode } from "react";
import { useLiveRefresh } from "../live/use-live-refresh.ts";
import { useObservable } from "../live/use-observable.ts";
import type { Mission } from "../missions/mission.ts";
import type { MissionState } from "../missions/mission-state.ts";
import { Link } from "../routing/link.tsx";
import { focusPageTitle } from "../routing/use-arrival.ts";
import { useServices } from "../services.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { LiveStatus } from "../ui/live-status.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { BoardContent } from "./board-content.tsx";
import { CreateMissionDialog } from "./create-mission-dialog.tsx";
import { StateFilter } from "./state-filter.tsx";

type Props = { readonly state: MissionState | null };

export function BoardPage({ state }: Props): ReactNode {
  const { memory, announcer } = useServices();
  const board = memory.board(state);
  const snapshot = useObservable(board.snapshot);
  const refreshNow = useLiveRefresh(board);
  const [isCreating, setIsCreating] = useState(false);
  const [created, setCreated] = useState<Mission | null>(null);
  const finishCreating = (mission: Mission): void => {
    setIsCreating(false);
    setCreated(mission);
    announcer.announce(`Mission “${mission.title}” was created.`);
    refreshNow();
  };
  const dismissCreated = (): void => {
    setCreated(null);
    focusPageTitle();
  };
  const hasLoaded = snapshot.updatedAtMs !== null;
  return (
    <>
      <div className="board-head">
        <PageTitle>Missions</PageTitle>
        <LiveStatus updatedAtMs={snapshot.updatedAtMs} hasFailed={snapshot.failure !== null} />
        <button className="button button-primary" onClick={() => setIsCreating(true)}>
          New mission
        </button>
      </div>
      <StateFilter current={state} />
      {created && <CreatedNotice mission={created} onDismiss={dismissCreated} />}
      {snapshot.failure && hasLoaded && (
        <FailureNotice
          failure={snapshot.failure}
          advice="What you see may be out of date; the board keeps trying."
          onRetry={refreshNow}
        />
      )}
      <BoardContent
        key={state}
        board={board}
        filter={state}
        onRetry={refreshNow}
        onCreate={() => setIsCreating(true)}
      />
      <CreateMissionDialog
        isOpen={isCreating}
        onClose={() => setIsCreating(false)}
        onCreated={finishCreating}
      />
    </>
  );
}

type CreatedNoticeProps = { readonly mission: Mission; readonly onDismiss: () => void };

function CreatedNotice({ mission, onDismiss }: CreatedNoticeProps): ReactNode {
  return (
    <div className="notice notice-success">
      <p className="notice-text">
        Created <Link to={{ page: "mission", id: mission.id }}>{mission.title}</Link>
      </p>
      <button type="button" className="button-quiet" onClick={onDismiss}>
        Dismiss
      </button>
    </div>
  );
}
