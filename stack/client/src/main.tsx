import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { Announcer } from "./live/announcer.ts";
import { Observable } from "./live/observable.ts";
import { MissionMemory } from "./missions/mission-memory.ts";
import { createMissionsApi } from "./missions/missions-api.ts";
import { HistoryRouter } from "./routing/history-router.ts";
import type { Services } from "./services.ts";

const root = document.getElementById("root");
if (root === null) {
  throw new Error("starting the mission board: no element #root, index.html must contain one");
}

const api = createMissionsApi((address, init) => fetch(address, init));
const services: Services = {
  api,
  memory: new MissionMemory(api, Date.now),
  router: new HistoryRouter(window),
  announcer: new Announcer(),
  isLivePaused: new Observable(false),
};

createRoot(root).render(
  <StrictMode>
    <App services={services} />
  </StrictMode>,
);
