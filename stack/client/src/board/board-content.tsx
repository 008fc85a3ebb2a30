import { useRef, type ReactNode } from "react";
import { plural } from "../format/plural.ts";
import { useNow } from "../live/use-now.ts";
import { useObservable } from "../live/use-observable.ts";
import type { ListStore } from "../missions/list-store.ts";
import type { Mission } from "../missions/mission.ts";
import { stateLabels, type MissionState } from "../missions/mission-state.ts";
import { pageSize } from "../missions/refreshed-list.ts";
import { Link } from "../routing/link.tsx";
import { useServices } from "../services.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { LoadMore } from "../ui/load-more.tsx";
import { MissionCard } from "./mission-card.tsx";
import { useNewcomers } from "./use-newcomers.ts";

type Props = {
  readonly board: ListStore<Mission>;
  readonly filter: MissionState | null;
  readonly onRetry: () => void;
  readonly onCreate: () => void;
};

export function BoardContent({ board, filter, onRetry, onCreate }: Props): ReactNode {
  const snapshot = useObservable(board.snapshot);
  if (snapshot.updatedAtMs === null) {
    if (snapshot.failure) return <FailureNotice failure={snapshot.failure} onRetry={onRetry} />;
    return <LoadingCards />;
  }
  if (snapshot.list.items.length === 0) return <EmptyBoard filter={filter} onCreate={onCreate} />;
  return <MissionList board={board} />;
}

function MissionList({ board }: { readonly board: ListStore<Mission> }): ReactNode {
  const { announcer } = useServices();
  const { list, isLoadingMore, loadMoreFailure } = useObservable(board.snapshot);
  const newcomers = useNewcomers(list.items);
  const nowMs = useNow();
  const listRef = useRef<HTMLUListElement>(null);
  const loadMore = async (): Promise<void> => {
    const count = list.items.length;
    await board.loadMore();
    const added = board.snapshot.get().list.items.length - count;
    if (added <= 0) return;
    announcer.announce(`${plural(added, "more mission")} loaded.`);
    // The button may be gone now; the first new mission is where reading goes on.
    listRef.current?.querySelectorAll("a")[count]?.focus();
  };
  return (
    <>
      <ul className="mission-list" ref={listRef}>
        {list.items.map((mission) => (
          <MissionCard
            key={mission.id}
            mission={mission}
            nowMs={nowMs}
            isNew={newcomers.has(mission.id)}
          />
        ))}
      </ul>
      {list.nextCursor === null ? (
        <p className="list-end">{plural(list.items.length, "mission")} in all</p>
      ) : (
        <LoadMore
          label="Load more missions"
          isLoading={isLoadingMore}
          failure={loadMoreFailure}
          onLoad={() => void loadMore()}
        />
      )}
    </>
  );
}

type EmptyProps = Pick<Props, "filter" | "onCreate">;

function EmptyBoard({ filter, onCreate }: EmptyProps): ReactNode {
  if (filter !== null) {
    return (
      <div className="empty-state">
        <h2>No mission is {stateLabels[filter].toLowerCase()}</h2>
        <p>Missions appear here as soon as they reach this state.</p>
        <Link className="button" to={{ page: "board", state: null }}>
          Show all missions
        </Link>
      </div>
    );
  }
  return (
    <div className="empty-state">
      <h2>No missions yet</h2>
      <p>Create the first one: a title is enough to begin with.</p>
      <button className="button button-primary" onClick={onCreate}>
        Create a mission
      </button>
    </div>
  );
}

/** As many as a page has, so that the footer is where it will be and does not jump. */
const placeholders = Array.from({ length: pageSize }, (_, index) => `placeholder-${index}`);

function LoadingCards(): ReactNode {
  return (
    <div role="status">
      <span className="visually-hidden">Loading missions…</span>
      <div className="mission-list" aria-hidden="true">
        {placeholders.map((name) => (
          <div key={name} className="mission-card mission-card-loading" />
        ))}
      </div>
    </div>
  );
}
