import { expect, test } from "vitest";
import { pageQuerySchema, toPage } from "./page-query.ts";

test("limits are whole numbers from 1 to 100, 20 by default", () => {
  expect(pageQuerySchema.parse({}).limit).toBe(20);
  expect(pageQuerySchema.parse({ limit: "100" }).limit).toBe(100);
  for (const limit of ["0", "101", "1.5", "1e2", "-1", "", " 5", ["1", "2"]]) {
    expect(pageQuerySchema.safeParse({ limit }).success).toBe(false);
  }
});

test("a page has a cursor exactly if there is more", () => {
  const cursor = (item: number): string => `after-${item}`;
  expect(toPage([1, 2, 3], 2, cursor)).toEqual({ items: [1, 2], nextCursor: "after-2" });
  expect(toPage([1, 2], 2, cursor)).toEqual({ items: [1, 2], nextCursor: null });
  expect(toPage([], 2, cursor)).toEqual({ items: [], nextCursor: null });
});
