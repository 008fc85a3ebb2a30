import type { ContainerState } from "./container-control.ts";

/** What the engine says of a container, made by hand for unit tests; healthy unless told otherwise. */
export function handMadeContainer(change: Partial<ContainerState> = {}): ContainerState {
  return {
    id: "a1",
    name: "server-1",
    service: "server",
    hostName: "aaaaaaaaaaaa",
    running: true,
    paused: false,
    health: "healthy",
    lastHealthOutput: "",
    exitCode: 0,
    oomKilled: false,
    restartCount: 0,
    startedAt: "2026-11-23T01:00:00.000Z",
    nanoProcessors: 0,
    addresses: {},
    processId: 7,
    hostPorts: {},
    ...change,
  };
}
