import { useCallback, useEffect, useRef } from "react";
import { useServices } from "../services.ts";
import { Poller } from "./poller.ts";
import { useObservable } from "./use-observable.ts";

type Refreshable = { refresh(signal: AbortSignal): Promise<boolean> };

/** Keeps a store fresh while its page is shown; returns a function that refreshes at once. */
export function useLiveRefresh(store: Refreshable): () => void {
  const { isLivePaused } = useServices();
  const isPaused = useObservable(isLivePaused);
  const pollerRef = useRef<Poller | null>(null);

  useEffect(() => {
    const poller = new Poller({
      refresh: (signal) => store.refresh(signal),
      isHidden: () => document.hidden,
      random: Math.random,
    });
    pollerRef.current = poller;
    const listening = new AbortController();
    const { signal } = listening;
    document.addEventListener("visibilitychange", () => poller.visibilityChanged(), { signal });
    window.addEventListener("online", () => poller.visibilityChanged(), { signal });
    poller.setPaused(isLivePaused.get());
    poller.refreshNow();
    return () => {
      listening.abort();
      poller.stop();
    };
  }, [store, isLivePaused]);

  useEffect(() => pollerRef.current?.setPaused(isPaused), [isPaused]);

  return useCallback(() => pollerRef.current?.refreshNow(), []);
}
