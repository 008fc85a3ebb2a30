import { expect, test } from "vitest";
import { formatRoute, isOtherPage, parseRoute, type KnownRoute } from "./route.ts";

const id = "3f2a9c10-0b1c-4d2e-8f3a-5b6c7d8e9f00";
const board = { page: "board", state: null } as const;
const mission = { page: "mission", id } as const;

test.each<[KnownRoute, string]>([
  [board, "/"],
  [{ page: "board", state: "active" }, "/?state=active"],
  [mission, `/missions/${id}`],
])("%j has the address %s and is found there again", (route, address) => {
  const url = new URL(address, "https://x.test");

  expect(formatRoute(route)).toBe(address);
  expect(parseRoute(url.pathname, url.search)).toEqual(route);
});

test("an id in capitals and with a slash behind is the same mission", () => {
  expect(parseRoute(`/missions/${id.toUpperCase()}/`, "")).toEqual(mission);
});

test("an unknown state is no filter", () => {
  expect(parseRoute("/", "?state=lost")).toEqual(board);
});

test.each(["/missions", "/missions/7", `/missions/${id}/events`, `/x/missions/${id}`, "/x"])(
  "%s is unknown",
  (path) => {
    expect(parseRoute(path, "")).toEqual({ page: "unknown" });
  },
);

test("another filter is the same page, another mission is another page", () => {
  expect(isOtherPage(board, { page: "board", state: "active" })).toBe(false);
  expect(isOtherPage(mission, mission)).toBe(false);
  expect(isOtherPage(board, mission)).toBe(true);
  expect(isOtherPage(mission, { page: "mission", id: id.replace("3", "4") })).toBe(true);
});
