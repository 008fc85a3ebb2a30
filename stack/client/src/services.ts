import { createContext, use } from "react";
import type { Announcer } from "./live/announcer.ts";
import type { Observable } from "./live/observable.ts";
import type { MissionMemory } from "./missions/mission-memory.ts";
import type { MissionsApi } from "./missions/missions-api.ts";
import type { HistoryRouter } from "./routing/history-router.ts";

/** What the components share; built once in `main.tsx`. */
export type Services = {
  readonly api: MissionsApi;
  readonly memory: MissionMemory;
  readonly router: HistoryRouter;
  readonly announcer: Announcer;
  /** Whether the person at the screen paused the live updates. */
  readonly isLivePaused: Observable<boolean>;
};

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = use(ServicesContext);
  if (services === null) {
    throw new Error("reading the services: no provider above this component, wrap it in App");
  }
  return services;
}
