import type { ReactNode } from "react";
import { formatClockTime } from "../format/time.ts";
import { useObservable } from "../live/use-observable.ts";
import { useServices } from "../services.ts";

type Props = { readonly updatedAtMs: number | null; readonly hasFailed: boolean };

/** Whether the page follows the service, since when, and the switch to pause that. */
export function LiveStatus({ updatedAtMs, hasFailed }: Props): ReactNode {
  const { isLivePaused } = useServices();
  const isPaused = useObservable(isLivePaused);
  const mode = isPaused ? "paused" : hasFailed ? "failing" : "live";
  return (
    <div className="live-status">
      <span className={`live-mark live-mark-${mode}`}>{modeLabels[mode]}</span>
      {updatedAtMs !== null && (
        <span className="live-time">as of {formatClockTime(updatedAtMs)}</span>
      )}
      <button type="button" className="button-quiet" onClick={() => isLivePaused.set(!isPaused)}>
        {isPaused ? "Resume" : "Pause"}
        <span className="visually-hidden"> live updates</span>
      </button>
    </div>
  );
}

const modeLabels = { live: "Live", paused: "Paused", failing: "Reconnecting" } as const;
