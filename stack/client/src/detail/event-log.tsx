import type { ReactNode } from "react";
import { useNow } from "../live/use-now.ts";
import { useObservable } from "../live/use-observable.ts";
import type { ListStore } from "../missions/list-store.ts";
import type { MissionEvent } from "../missions/mission.ts";
import { eventLabel } from "../missions/event-label.ts";
import { Age } from "../ui/age.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { LoadMore } from "../ui/load-more.tsx";
import { AppendEventForm } from "./append-event-form.tsx";

type Props = {
  readonly log: ListStore<MissionEvent>;
  readonly missionId: string;
  readonly onRefresh: () => void;
};

export function EventLog({ log, missionId, onRefresh }: Props): ReactNode {
  return (
    <section className="mission-panel" aria-labelledby="event-log-title">
      <h2 id="event-log-title">Event log</h2>
      <AppendEventForm missionId={missionId} onAppended={onRefresh} />
      <Events log={log} onRetry={onRefresh} />
    </section>
  );
}

type EventsProps = {
  readonly log: ListStore<MissionEvent>;
  readonly onRetry: () => void;
};

function Events({ log, onRetry }: EventsProps): ReactNode {
  const { list, updatedAtMs, failure, isLoadingMore, loadMoreFailure } = useObservable(
    log.snapshot,
  );
  const nowMs = useNow();
  if (updatedAtMs === null) {
    if (failure) return <FailureNotice failure={failure} onRetry={onRetry} />;
    return <p role="status">Loading events…</p>;
  }
  if (list.items.length === 0) return <p className="list-end">Nothing happened yet.</p>;
  return (
    <>
      <ol className="event-list">
        {list.items.map((event) => (
          <li key={event.id} className="event">
            <p className="event-head">
              <span className="event-kind">{eventLabel(event.type)}</span>{" "}
              <Age time={event.createdAt} nowMs={nowMs} />
            </p>
            <p className="event-message">{event.message}</p>
          </li>
        ))}
      </ol>
      {list.nextCursor !== null && (
        <LoadMore
          label="Load earlier events"
          isLoading={isLoadingMore}
          failure={loadMoreFailure}
          onLoad={() => void log.loadMore()}
        />
      )}
    </>
  );
}
