import { expect, test } from "vitest";
import { appendPage, countNewer, refreshHead, refreshLimit } from "./refreshed-list.ts";
import { testMission, testMissions } from "./test-missions.ts";

const numbersOf = (page: { readonly items: readonly { readonly title: string }[] }): number[] =>
  page.items.map(({ title }) => Number(title.slice("Mission ".length)));

test("the next page is added, without what is there already", () => {
  const list = { items: testMissions(9, 7), nextCursor: "7" };
  const next = { items: testMissions(7, 5), nextCursor: "5" };

  const grown = appendPage(list, next);

  expect(numbersOf(grown)).toEqual([9, 8, 7, 6, 5]);
  expect(grown.nextCursor).toBe("5");
});

test("new items come to the head, older ones stay with the cursor behind them", () => {
  const list = { items: testMissions(9, 1), nextCursor: "1" };
  const page = { items: testMissions(11, 8), nextCursor: "8" };

  const refreshed = refreshHead(list, page);

  expect(numbersOf(refreshed)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(refreshed.nextCursor).toBe("1");
});

test("items are shown as the page has them", () => {
  const list = { items: testMissions(3, 1), nextCursor: null };
  const changed = testMission(2, { state: "active", version: 2 });
  const page = { items: [testMission(3), changed, testMission(1)], nextCursor: null };

  expect(refreshHead(list, page).items[1]).toEqual(changed);
});

test("an item that the page should contain and does not is gone", () => {
  const list = { items: testMissions(9, 1), nextCursor: null };
  const page = { items: [testMission(9), testMission(7), testMission(6)], nextCursor: "6" };

  expect(numbersOf(refreshHead(list, page))).toEqual([9, 7, 6, 5, 4, 3, 2, 1]);
});

test("the last item of the page may be one that only now matches the filter", () => {
  const list = { items: [9, 7, 5, 3, 1].map((number) => testMission(number)), nextCursor: "1" };
  const page = { items: [9, 7, 6].map((number) => testMission(number)), nextCursor: "6" };

  expect(numbersOf(refreshHead(list, page))).toEqual([9, 7, 6, 5, 3, 1]);
});

test("an item behind the last shared one that is younger than the page's end is gone", () => {
  const list = { items: [9, 8, 7].map((number) => testMission(number)), nextCursor: "7" };
  const page = { items: [9, 6].map((number) => testMission(number)), nextCursor: "6" };

  expect(refreshHead(list, page)).toEqual(page);
});

test("where more arrived than one page holds, the list starts anew", () => {
  const list = { items: testMissions(9, 1), nextCursor: "1" };
  const page = { items: testMissions(30, 20), nextCursor: "20" };

  expect(refreshHead(list, page)).toEqual(page);
});

test("a page that is the last one is the whole list", () => {
  const list = { items: testMissions(9, 1), nextCursor: "1" };
  const page = { items: testMissions(9, 7), nextCursor: null };

  expect(refreshHead(list, page)).toEqual(page);
  expect(refreshHead(list, { items: [], nextCursor: null }).items).toEqual([]);
});

test("a refresh asks for what is on display, within the limits of the service", () => {
  expect([0, 20, 57, 100, 400].map(refreshLimit)).toEqual([20, 20, 57, 100, 100]);
});

test("newcomers are those before the first known item", () => {
  expect(countNewer(testMissions(3, 1), testMissions(5, 1))).toBe(2);
  expect(countNewer(testMissions(3, 1), testMissions(3, 1))).toBe(0);
  expect(countNewer(testMissions(3, 1), testMissions(9, 7))).toBe(3);
  expect(countNewer(testMissions(3, 1), [])).toBe(0);
});
