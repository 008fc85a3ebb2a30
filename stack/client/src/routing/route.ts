import { isMissionState, type MissionState } from "../missions/mission-state.ts";

export type Route =
  | { readonly page: "board"; readonly state: MissionState | null }
  | { readonly page: "mission"; readonly id: string }
  | { readonly page: "unknown" };

const missionPath = /^\/missions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/i;

/** Reads a route from the path and the search part of an address. */
export function parseRoute(path: string, search: string): Route {
  if (path === "/") {
    const state = new URLSearchParams(search).get("state");
    return { page: "board", state: isMissionState(state) ? state : null };
  }
  const id = missionPath.exec(path)?.[1];
  return id === undefined ? { page: "unknown" } : { page: "mission", id: id.toLowerCase() };
}

export type KnownRoute = Exclude<Route, { readonly page: "unknown" }>;

export function formatRoute(route: KnownRoute): string {
  switch (route.page) {
    case "board":
      return route.state === null ? "/" : `/?state=${route.state}`;
    case "mission":
      return `/missions/${route.id}`;
    default:
      return route satisfies never;
  }
}

/** Whether a route is another page than the one before, not only another filter on it. */
export function isOtherPage(before: Route, after: Route): boolean {
  if (before.page === "mission" && after.page === "mission") return before.id !== after.id;
  return before.page !== after.page;
}
