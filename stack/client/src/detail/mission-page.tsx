import { useState, type ReactNode } from "react";
import { useLiveRefresh } from "../live/use-live-refresh.ts";
import { useObservable } from "../live/use-observable.ts";
import { MissionStore } from "../missions/mission-store.ts";
import { Link } from "../routing/link.tsx";
import { mintKey } from "../http/use-submission-keys.ts";
import { useServices } from "../services.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { LiveStatus } from "../ui/live-status.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { EventLog } from "./event-log.tsx";
import { MissionDetails } from "./mission-details.tsx";
import { MissionLog } from "../missions/mission-log.ts";

export function MissionPage({ id }: { readonly id: string }): ReactNode {
  const { api, memory } = useServices();
  const [store] = useState(
    () => new MissionStore({ api, id, known: memory.findMission(id), now: Date.now, mintKey }),
  );
  const [log] = useState(() => new MissionLog(api, store, Date.now));
  const { mission, isMissing, failure, updatedAtMs } = useObservable(store.snapshot);
  const hasLogFailed = useObservable(log.events.snapshot).failure !== null;
  const refreshNow = useLiveRefresh(log);
  if (isMissing) return <MissingMission />;
  return (
    <>
      <div className="mission-head">
        <Link className="back-link" to={{ page: "board", state: null }}>
          All missions
        </Link>
        <LiveStatus updatedAtMs={updatedAtMs} hasFailed={failure !== null || hasLogFailed} />
      </div>
      {failure && (
        <FailureNotice
          failure={failure}
          {...(mission && { advice: "What you see may be out of date; the page keeps trying." })}
          onRetry={refreshNow}
        />
      )}
      {mission === null ? (
        failure === null && <LoadingMission />
      ) : (
        <div className="mission-columns">
          <MissionDetails mission={mission} store={store} onChanged={refreshNow} />
          <EventLog log={log.events} missionId={id} onRefresh={refreshNow} />
        </div>
      )}
    </>
  );
}

function LoadingMission(): ReactNode {
  return (
    <div role="status" className="mission-panel mission-panel-loading">
      <PageTitle>Loading the mission…</PageTitle>
    </div>
  );
}

function MissingMission(): ReactNode {
  return (
    <div className="empty-state">
      <PageTitle>Mission not found</PageTitle>
      <p>There is no mission at this address. It may be mistyped.</p>
      <Link className="button button-primary" to={{ page: "board", state: null }}>
        Go to the mission board
      </Link>
    </div>
  );
}
