import type { Page } from "./mission.ts";

/** What newest-first lists have in common: an identity and a time of creation. */
export type Listed = { readonly id: string; readonly createdAt: string };

/** How many items are asked for at first and with every further page. */
export const pageSize = 20;

/** The largest page that the service hands out. */
export const pageSizeMax = 100;

/** The page size of a refresh: what is on display, within what the service hands out. */
export function refreshLimit(loadedCount: number): number {
  return Math.min(Math.max(loadedCount, pageSize), pageSizeMax);
}

/** Adds the page that follows a list; an item that is already there is not repeated. */
export function appendPage<Item extends Listed>(list: Page<Item>, page: Page<Item>): Page<Item> {
  const known = new Set(list.items.map(({ id }) => id));
  const added = page.items.filter(({ id }) => !known.has(id));
  return { items: [...list.items, ...added], nextCursor: page.nextCursor };
}

/**
 * Replaces the head of a newest-first list by its freshly read first page.
 *
 * Items that the page should contain and does not have left the list, for example because their
 * state no longer matches the filter. Older items stay while the page still touches them; where
 * more arrived than one page holds, they are dropped, because a gap would remain unnoticed.
 */
export function refreshHead<Item extends Listed>(list: Page<Item>, page: Page<Item>): Page<Item> {
  const oldest = page.items.at(-1);
  if (page.nextCursor === null || oldest === undefined) return page;
  const fresh = new Set(page.items.map(({ id }) => id));
  const lastShared = list.items.findLastIndex(({ id }) => fresh.has(id));
  if (lastShared === -1) return page;
  // Both times come from the same service in one format, so their texts sort like the times.
  const tail = list.items
    .slice(lastShared + 1)
    .filter(({ createdAt }) => createdAt <= oldest.createdAt);
  if (tail.length === 0) return page;
  return { items: [...page.items, ...tail], nextCursor: list.nextCursor };
}

/** Counts the items of `after` that are newer than everything in `before`. */
export function countNewer<Item extends Listed>(
  before: readonly Item[],
  after: readonly Item[],
): number {
  const known = new Set(before.map(({ id }) => id));
  const firstKnown = after.findIndex(({ id }) => known.has(id));
  return firstKnown === -1 ? after.length : firstKnown;
}
