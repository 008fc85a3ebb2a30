import { failureOf } from "../http/failure-of.ts";
import { firstOfSame, type RequestFailure } from "../http/request-failure.ts";
import { Observable } from "../live/observable.ts";
import type { Page } from "./mission.ts";
import { appendPage, pageSize, refreshHead, refreshLimit, type Listed } from "./refreshed-list.ts";

export type ListSnapshot<Item> = {
  readonly list: Page<Item>;
  /** Null until the list was read for the first time; milliseconds since the epoch. */
  readonly updatedAtMs: number | null;
  /** Why the last refresh failed, null if it did not. */
  readonly failure: RequestFailure | null;
  readonly isLoadingMore: boolean;
  readonly loadMoreFailure: RequestFailure | null;
};

export type ReadPage<Item> = (
  request: { readonly limit: number; readonly cursor: string | null },
  signal?: AbortSignal,
) => Promise<Page<Item>>;

/** A newest-first list that is refreshed at its head and extended at its end. */
export class ListStore<Item extends Listed> {
  readonly snapshot: Observable<ListSnapshot<Item>>;
  readonly #readPage: ReadPage<Item>;
  readonly #now: () => number;

  constructor(readPage: ReadPage<Item>, now: () => number) {
    this.#readPage = readPage;
    this.#now = now;
    this.snapshot = new Observable<ListSnapshot<Item>>({
      list: { items: [], nextCursor: null },
      updatedAtMs: null,
      failure: null,
      isLoadingMore: false,
      loadMoreFailure: null,
    });
  }

  /** Reads the head anew; what was shown stays when that fails. Resolves to its success. */
  async refresh(signal: AbortSignal): Promise<boolean> {
    const limit = refreshLimit(this.snapshot.get().list.items.length);
    try {
      const page = await this.#readPage({ limit, cursor: null }, signal);
      // A transport that ignores the abort must not bring back what a newer refresh replaced.
      if (signal.aborted) return false;
      const { list } = this.snapshot.get();
      const updatedAtMs = this.#now();
      this.#update({ list: refreshHead(list, page), updatedAtMs, failure: null });
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      const { failure } = this.snapshot.get();
      this.#update({ failure: firstOfSame(failure, failureOf(error)) });
      return false;
    }
  }

  /** Adds the next page. Does nothing at the end of the list or while a page is on its way. */
  async loadMore(): Promise<void> {
    const { list, isLoadingMore } = this.snapshot.get();
    const cursor = list.nextCursor;
    if (cursor === null || isLoadingMore) return;
    this.#update({ isLoadingMore: true, loadMoreFailure: null });
    try {
      const page = await this.#readPage({ limit: pageSize, cursor });
      const current = this.snapshot.get().list;
      // A refresh may have cut the list meanwhile; then this page no longer follows its end.
      const isNext = current.nextCursor === cursor;
      this.#update({ list: isNext ? appendPage(current, page) : current, isLoadingMore: false });
    } catch (error) {
      this.#update({ isLoadingMore: false, loadMoreFailure: failureOf(error) });
    }
  }

  #update(change: Partial<ListSnapshot<Item>>): void {
    this.snapshot.set({ ...this.snapshot.get(), ...change });
  }
}
